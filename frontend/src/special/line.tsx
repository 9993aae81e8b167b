// One line of a component: its cells, what can be done with it, and below it the place where it is edited.

import type { Ref } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useFindings, useList, useText } from "../context.tsx";
import { useUnique } from "../fields/frame.tsx";
import { Says } from "../fields/said.tsx";
import { leadsTo, useAim } from "../form/aim.tsx";
import { Icon } from "../icons.tsx";
import type { Node } from "../types.ts";
import { useCount } from "./foldername.tsx";
import { Choose, Nothing, Pictures, RefCell, StatusName } from "./linecells.tsx";
import { LineEdit } from "./lineedit.tsx";
import { useNames } from "./names.ts";

interface Props {
  path: string;
  line: Node;
  called: string;
  /** References beyond the acquisition that have a column. */
  more: readonly string[];
  heads: string[];
  part: { count: number; images: string[] } | undefined;
  fresh: boolean;
  remove(): void;
}

/** Columns after those of the heads: images, their count, what can be done. */
const OWN = 3;

/** Open by hand, because it was just added, or because somebody is led into it. */
function useOpenLine(path: string, fresh: boolean): [boolean, (open: boolean) => void] {
  const aim = useAim();
  const led = aim !== undefined && leadsTo(aim.path, [path]);
  const [open, setOpen] = useState(fresh || led);
  useEffect(() => {
    if (led) setOpen(true);
  }, [aim]);
  return [open, setOpen];
}

export function Line(props: Props) {
  const { path, line, called, more, heads, fresh } = props;
  const id = useUnique();
  const toggle = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useOpenLine(path, fresh);
  const close = () => {
    setOpen(false);
    toggle.current?.focus();
  };
  const span = heads.length + OWN;
  return (
    <>
      <tr data-path={path} tabIndex={-1} class={open ? "is-open" : undefined}>
        <Cells {...props} choose={() => setOpen(true)} />
        <Acts {...props} id={id} open={open} turn={() => setOpen(!open)} toggle={toggle} />
      </tr>
      {open && (
        <tr class="rw-editrow" id={id}>
          <td colSpan={span}>
            <LineEdit path={path} line={line} more={more} called={called} focused={fresh} close={close} />
          </td>
        </tr>
      )}
      {!open && <Faults path={path} span={span} />}
    </>
  );
}

function Cells({ path, line, called, more, heads, part, choose }: Props & { choose: () => void }) {
  const t = useText();
  const say = useCount();
  const sample = useList("samples").find((item) => item.id === line.sample);
  const specimen = useNames("specimens").name(sample?.specimen);
  return (
    <>
      <th scope="row">
        <First line={line} sample={sample} called={called} choose={choose} />
      </th>
      <td data-is={heads[1]}>{specimen ?? <Nothing />}</td>
      <td data-is={heads[2]}>
        <StatusName status={sample?.experimental_status} />
      </td>
      {["acquisition", ...more].map((field, at) => (
        <RefCell key={field} field={field} head={heads[3 + at] ?? ""} path={`${path}/${field}`} value={line[field]} />
      ))}
      <td data-is={t("guide.image.plural")}>
        <Pictures images={part?.images ?? []} of={called} />
      </td>
      <td data-is={t("ui.special.count")} class="is-number">
        {part ? say(part.count) : <span class="rw-busy" aria-hidden="true" />}
      </td>
    </>
  );
}

interface FirstProps {
  line: Node;
  sample: Node | undefined;
  called: string;
  choose(): void;
}

/** The biosample, with the sample's own name below it where that says more. */
function First({ line, sample, called, choose }: FirstProps) {
  const biosample = useNames("biosamples").name(sample?.biosample);
  const own = useNames("samples").name(line.sample);
  if (!biosample && !own) return <Choose open={choose} what={called} />;
  if (!biosample || !own || own === biosample) return <>{biosample ?? own}</>;
  return (
    <>
      {biosample}
      <br />
      <span class="rw-two rw-light">{own}</span>
    </>
  );
}

interface ActsProps extends Props {
  id: string;
  open: boolean;
  turn(): void;
  toggle: Ref<HTMLButtonElement>;
}

function Acts({ called, remove, id, open, turn, toggle }: ActsProps) {
  const t = useText();
  return (
    <td class="rw-lineacts">
      <button
        class="rw-btn is-small"
        type="button"
        ref={toggle}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={t("ui.special.edit_line", { line: called })}
        onClick={turn}
      >
        {t("ui.special.edit")}
      </button>
      <button
        class="rw-btn is-icon is-small"
        type="button"
        aria-label={t("ui.special.remove_line", { line: called })}
        title={t("ui.form.remove")}
        onClick={remove}
      >
        <Icon name="trash" />
      </button>
    </td>
  );
}

/** The findings of a closed line; an open one says them at its fields. */
function Faults({ path, span }: { path: string; span: number }) {
  const found = [useFindings(`${path}/sample`), useFindings(`${path}/acquisition`)].flat();
  if (!found.length) return null;
  return (
    <tr class="rw-faultrow">
      <td colSpan={span}>
        {found.map((finding) => (
          <Says key={`${finding.code} ${finding.path}`} finding={finding} />
        ))}
      </td>
    </tr>
  );
}
