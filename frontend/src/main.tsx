// The bundle's face: draws the view that a widget asks for, and shares one store among all displays of a widget.

import { type ComponentType, render as mount } from "preact";
import { StoreProvider, WayProvider } from "./context.tsx";
import { Guard } from "./guard.tsx";
import { Store } from "./store.ts";
import { VIEWS } from "./views/index.ts";
import type { Model } from "./wire.ts";

declare const __STYLES__: string;

const stores = new WeakMap<Model, { store: Store; displays: number }>();
let views = 0;

function storeOf(model: Model): Store {
  let held = stores.get(model);
  if (!held) {
    held = { store: new Store(model), displays: 0 };
    stores.set(model, held);
  }
  held.displays += 1;
  return held.store;
}

function leave(model: Model): void {
  const held = stores.get(model);
  if (!held) return;
  held.displays -= 1;
  if (held.displays > 0) return;
  held.store.close();
  stores.delete(model);
}

function style(root: Document | ShadowRoot): void {
  const home = root instanceof Document ? root.head : root;
  if (home.querySelector("style[data-rembi]")) return;
  const sheet = document.createElement("style");
  sheet.dataset.rembi = "";
  sheet.textContent = __STYLES__;
  home.append(sheet);
}

export function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const root = el.getRootNode();
  style(root instanceof ShadowRoot ? root : document);
  const store = storeOf(model);
  const kind = String(model.get("kind"));
  const View = VIEWS[kind] as ComponentType<{ model: Model }>;
  const options = (model.get("options") ?? {}) as { page?: boolean };
  const prefix = `rw${++views}`;
  el.classList.add("rw");
  el.classList.toggle("rw-page", options.page === true);
  el.dataset.lmSuppressShortcuts = "true";
  mount(
    <StoreProvider value={store}>
      <WayProvider value={{ prefix, go: () => undefined, focus: () => undefined }}>
        <Guard>
          <View model={model} />
        </Guard>
      </WayProvider>
    </StoreProvider>,
    el,
  );
  void store.start();
  return () => {
    mount(null, el);
    leave(model);
  };
}
