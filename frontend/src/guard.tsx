// A view that fails says so, and what was typed stays safe: the journal is on disk, the outbox in the browser.

import { Component, type ComponentChildren } from "preact";
import { useText } from "./context.tsx";

function Stopped({ reason, again }: { reason: string; again: () => void }) {
  const t = useText();
  return (
    <div class="rw-view" role="alert">
      <div class="rw-empty">
        <h2 class="rw-h2">{t("ui.stopped")}</h2>
        <p>{reason}</p>
        <div class="rw-btns">
          <button class="rw-btn is-main" type="button" onClick={again}>
            {t("ui.show_again")}
          </button>
        </div>
      </div>
    </div>
  );
}

export class Guard extends Component<{ children: ComponentChildren }, { reason?: string | undefined }> {
  override componentDidCatch(fault: unknown): void {
    this.setState({ reason: fault instanceof Error ? fault.message : String(fault) });
  }

  override render() {
    const { reason } = this.state;
    if (reason === undefined) return this.props.children;
    return <Stopped reason={reason} again={() => this.setState({ reason: undefined })} />;
  }
}
