// The field a person is led to: what is folded around it opens, then it is scrolled to and gets the focus.

import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";

/** A path, new for each time somebody is led there. */
export interface Aim {
  path: string;
}

const AimContext = createContext<Aim | undefined>(undefined);
export const AimProvider = AimContext.Provider;

export function useAim(): Aim | undefined {
  return useContext(AimContext);
}

/** Tell whether a path leads to one of some places or below it. */
export function leadsTo(path: string, places: string[]): boolean {
  return places.some((place) => path === place || path.startsWith(`${place}/`));
}

/** Whether a fold is open: by hand, because it ``must``, or because somebody is led into it. */
export function useOpen(places: string[], must: boolean): [boolean, (open: boolean) => void] {
  const aim = useAim();
  const [open, set] = useState(must || (aim !== undefined && leadsTo(aim.path, places)));
  useEffect(() => {
    if (must) set(true);
  }, [must]);
  useEffect(() => {
    if (aim && leadsTo(aim.path, places)) set(true);
  }, [aim]);
  return [open, set];
}

const CONTROLS = "input:not([tabindex='-1']), textarea, select, button:not([tabindex='-1']), [tabindex='0']";

/** Find the place of a path, or the nearest one around it. */
function placeOf(root: HTMLElement, path: string): HTMLElement | undefined {
  for (let at = path; at.length > 1; at = at.slice(0, at.lastIndexOf("/"))) {
    const found = root.querySelector<HTMLElement>(`[data-path="${CSS.escape(at)}"]`);
    if (found) return found;
  }
  return undefined;
}

export function focusPath(root: HTMLElement, path: string): boolean {
  const place = placeOf(root, path);
  if (!place) return false;
  place.scrollIntoView({ block: "center" });
  controlOf(place).focus({ preventScroll: true });
  return true;
}

/** Give what takes the focus at a place: a field's control, a row itself, or the button that adds to a list. */
function controlOf(place: HTMLElement): HTMLElement {
  if (place.hasAttribute("tabindex")) return place;
  const adds = place.matches(".rw-field") ? null : place.querySelector<HTMLElement>(".rw-addrow");
  return adds ?? place.querySelector<HTMLElement>(CONTROLS) ?? place;
}

/** Lead to the aim once what is folded around it has been drawn. */
export function useAiming(root: { current: HTMLElement | null }, aim: Aim | undefined): void {
  useEffect(() => {
    if (!aim) return;
    const timer = setTimeout(() => root.current && focusPath(root.current, aim.path), 40);
    return () => clearTimeout(timer);
  }, [aim]);
}
