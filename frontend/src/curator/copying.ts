// Putting a text on the clipboard, on pages without the clipboard's own interface too (plain HTTP has none).

/** Copy a text; ``near`` is an element of the dialog that is open, outside of which nothing can be selected. */
export async function copy(text: string, near: Element | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelecting(text, near?.closest("dialog") ?? document.body);
  }
}

function copyBySelecting(text: string, home: Element): boolean {
  const before = document.activeElement as HTMLElement | null;
  const box = document.createElement("textarea");
  box.value = text;
  box.className = "rw-hidden";
  home.append(box);
  box.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch {
    done = false;
  }
  box.remove();
  before?.focus?.({ preventScroll: true });
  return done;
}
