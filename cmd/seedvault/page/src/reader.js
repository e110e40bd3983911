// The page's side of the worker. The worker runs the same text as the page, from a
// blob; where a browser has no such workers, the reader runs in the page.
import { makeReader } from "./worker.js";

export class Reader {
  constructor(source) {
    this.waiting = new Map();
    this.next = 1;
    this.send = this.start(source);
  }

  start(source) {
    const receive = (message) => this.receive(message);
    try {
      const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
      this.worker = new Worker(url);
      URL.revokeObjectURL(url);
      this.worker.onmessage = (e) => receive(e.data);
      this.worker.onerror = () => this.failAll();
      return (message) => this.worker.postMessage(message);
    } catch {
      const reader = makeReader(receive);
      return (message) => setTimeout(() => reader(message), 30); // first the screen
    }
  }

  receive({ id, progress, result, failed }) {
    const waiting = this.waiting.get(id);
    if (!waiting) return;
    if (progress) return waiting.progress?.(progress);
    this.waiting.delete(id);
    if (failed) waiting.reject(new Error(failed));
    else waiting.resolve(result);
  }

  failAll() {
    for (const { reject } of this.waiting.values()) reject(new Error("unexpected"));
    this.waiting.clear();
  }

  /** Asks for a task; progress is called meanwhile. */
  ask(task, details, progress) {
    const id = this.next++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, progress });
      this.send({ id, task, ...details });
    });
  }

  /** Ends the worker, and with it all that it knew. */
  end() {
    this.worker?.terminate();
    this.waiting.clear();
    this.send = () => {};
  }
}
