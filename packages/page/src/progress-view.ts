import { byId, grouped } from "./elements.ts";
import type { Place, Progress } from "./messages.ts";

const view = byId("busy", HTMLElement);
const bar = byId("progress", HTMLProgressElement);
const text = byId("progress-text", HTMLElement);

/** Shows that a sort has begun. */
export function showBegin(place: Place): void {
  view.hidden = false;
  bar.removeAttribute("value");
  text.textContent = place === "server" ? "Sending…" : "Sorting in this browser…";
}

/** Shows how much the service has received. */
export function showProgress({ sentBytes, totalBytes }: Progress): void {
  if (sentBytes < totalBytes) {
    bar.max = totalBytes;
    bar.value = sentBytes;
    text.textContent = `Sent ${megabytes(sentBytes)} of ${megabytes(totalBytes)} MB`;
  } else {
    bar.removeAttribute("value");
    text.textContent = "Everything is sent. The service sorts…";
  }
}

/** Shows that the sort has ended. */
export function showEnd(): void {
  view.hidden = true;
}

/** Calls back when the user gives up. */
export function watchCancel(onCancel: () => void): void {
  byId("cancel", HTMLButtonElement).addEventListener("click", onCancel);
}

function megabytes(bytes: number): string {
  const tenths = Math.round(bytes / 100_000);
  return `${grouped(Math.floor(tenths / 10))}.${tenths % 10}`;
}
