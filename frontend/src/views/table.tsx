// The table of files and images, alone in a cell.

import { Toast } from "../curator/banners.tsx";
import { Waiting } from "../curator/starting.tsx";
import { TableScreen } from "../curator/table.tsx";
import { ViewBar } from "../curator/viewbar.tsx";

export function TableView() {
  return (
    <div class="rw-view is-table">
      <ViewBar />
      <Waiting>
        <TableScreen />
      </Waiting>
      <Toast />
    </div>
  );
}
