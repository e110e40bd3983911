// What runs in the worker: reading the vault and opening it, so that the page stays
// alive meanwhile and one order ends it all.
import { Vault } from "./vault.js";

/** Answers messages { id, task, ... } by calling reply({ id, ... }). */
export function makeReader(reply) {
  let vault = null;
  const tasks = {
    load: ({ files }) => {
      vault = new Vault(files);
      return vault.outline();
    },
    unlock: ({ id, holder, typed }) =>
      vault.unlock(
        holder,
        typed,
        sparingly((progress) => reply({ id, progress })),
      ),
    open: ({ id, identities }) =>
      vault.open(
        identities,
        sparingly((progress) => reply({ id, progress })),
      ),
  };
  return async (message) => {
    try {
      reply({ id: message.id, result: await tasks[message.task](message) });
    } catch (e) {
      reply({ id: message.id, failed: e instanceof RangeError ? "memory" : "unexpected" });
    }
  };
}

/** Passes on at most ten calls a second. */
function sparingly(call) {
  let last = -Infinity;
  return (value) => {
    const now = performance.now();
    if (now - last < 100) return;
    last = now;
    call(value);
  };
}
