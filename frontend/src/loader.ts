// What every widget carries as its module: it fetches the bundle once a page, whichever view is first, by its hash.
// The bundle comes over the widget's own channel, so that nothing but the kernel is asked for anything.

import type { Model } from "./wire.ts";

interface Bundle {
  render(given: { model: Model; el: HTMLElement }): () => void;
}

interface Page {
  rembiBundles?: Map<string, Promise<Bundle>>;
}

const page = globalThis as Page;
page.rembiBundles ??= new Map();
const bundles = page.rembiBundles;

function fetchBundle(model: Model): Promise<Bundle> {
  return new Promise((resolve, reject) => {
    const req = `bundle-${Math.random().toString(36).slice(2)}`;
    const hear = (content: { kind?: string; req?: string; message?: string }, buffers: DataView[]) => {
      if (content.req !== req) return;
      model.off("msg:custom", hear);
      const data = buffers[0];
      if (data) run(data).then(resolve, reject);
      else reject(new Error(content.message ?? "no bundle"));
    };
    model.on("msg:custom", hear);
    model.send({ kind: "bundle", req });
  });
}

async function run(data: DataView): Promise<Bundle> {
  const part = new Uint8Array(data.buffer, data.byteOffset, data.byteLength) as Uint8Array<ArrayBuffer>;
  const stream = new Blob([part]).stream().pipeThrough(new DecompressionStream("gzip"));
  const code = await new Response(stream).text();
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  try {
    return (await import(/* @vite-ignore */ url)) as Bundle;
  } finally {
    URL.revokeObjectURL(url);
  }
}

async function render(given: { model: Model; el: HTMLElement }): Promise<() => void> {
  const hash = String(given.model.get("bundle"));
  let bundle = bundles.get(hash);
  if (!bundle) {
    bundle = fetchBundle(given.model);
    bundles.set(hash, bundle);
    bundle.catch(() => bundles.delete(hash));
  }
  return (await bundle).render(given);
}

export default { render };
