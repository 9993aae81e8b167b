// What is left to do, alone in a cell: fixes and exports work, there is no field to go to.

import { Toast } from "../curator/banners.tsx";
import { ReadyScreen } from "../curator/ready.tsx";
import { Waiting } from "../curator/starting.tsx";
import { ViewBar } from "../curator/viewbar.tsx";

export function FindingsView() {
  return (
    <div class="rw-view">
      <ViewBar />
      <Waiting>
        <ReadyScreen alone />
      </Waiting>
      <Toast />
    </div>
  );
}
