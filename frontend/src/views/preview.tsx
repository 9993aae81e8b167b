// One image with what its header says, alone in a cell.

import { useChosen } from "../context.tsx";
import { Toast } from "../curator/banners.tsx";
import { ImagePanel } from "../curator/image.tsx";
import { Waiting } from "../curator/starting.tsx";
import type { Model } from "../wire.ts";

export function PreviewView({ model }: { model: Model }) {
  const options = (model.get("options") ?? {}) as { image?: string | null };
  const lang = useChosen((state) => state.lang);
  return (
    <div class="rw-view is-preview" lang={lang}>
      <Waiting>
        <div class="rw-panel">
          <ImagePanel image={options.image ?? undefined} acquisition={undefined} />
        </div>
      </Waiting>
      <Toast />
    </div>
  );
}
