// Reads the pictures that standard input names, one a line, with zxing-cpp, and prints what it
// finds and how long that takes, in nanoseconds, from the bytes of the file.
import { readFileSync } from "node:fs";
import { readBarcodes, prepareZXingModule } from "zxing-wasm/reader";

const wasm = readFileSync(new URL("node_modules/zxing-wasm/dist/reader/zxing_reader.wasm", import.meta.url));
prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) } });

const options = { formats: ["QRCode"], tryHarder: true, tryRotate: true, tryInvert: true, tryDownscale: true, maxNumberOfSymbols: 255 };
const files = readFileSync(0, "utf8").split("\n");
const answers = [];
await readBarcodes(new Uint8Array(readFileSync(files[0])), options).catch(() => {}); // compiles
for (const file of files) {
  const bytes = new Uint8Array(readFileSync(file));
  const cpu = process.cpuUsage(), start = process.hrtime.bigint();
  let texts = [];
  try {
    texts = (await readBarcodes(bytes, options)).filter((r) => r.isValid).map((r) => r.text);
  } catch {}
  const wall = Number(process.hrtime.bigint() - start), used = process.cpuUsage(cpu);
  answers.push({ texts, cpu: (used.user + used.system) * 1000, wall });
}
console.log(JSON.stringify(answers));
