import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

const jsx = { jsx: { runtime: "automatic", importSource: "preact" } } as const;
const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  oxc: jsx,
  define: { __STYLES__: JSON.stringify("") },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.test.{ts,tsx}"],
          exclude: ["test/**/*.browser.test.{ts,tsx}"],
          environment: "node",
        },
      },
      {
        extends: true,
        optimizeDeps: {
          include: ["preact", "preact/hooks", "preact/jsx-runtime", "preact/jsx-dev-runtime", "axe-core"],
        },
        test: {
          name: "browser",
          include: ["test/**/*.browser.test.{ts,tsx}"],
          retry: process.env.CI ? 1 : 0, // timers of a page on a busy machine; what fails twice is a fault
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: chromium, args } }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
