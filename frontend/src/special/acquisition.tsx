// An acquisition: which microscope, its fields, and what they say in a sentence.

import { EntityForm } from "../form/body.tsx";
import type { SpecialProps } from "../form/special.ts";
import { MicroscopeOf } from "./microscope.tsx";
import { AcquisitionSentence } from "./sentence.tsx";

export function AcquisitionScreen({ section, path }: SpecialProps) {
  return (
    <>
      <MicroscopeOf path={path} />
      <EntityForm section={section} path={path} />
      <AcquisitionSentence path={path} />
    </>
  );
}
