import { defineConfig } from "vitest/config";
import { squeeze } from "./scripts/squeeze";

// One file for one script tag. Written into the Python package, so that whoever runs Stridewell needs no node.
export default defineConfig({
  plugins: [squeeze()],
  build: {
    target: "es2022",
    outDir: "../bot/channel/static",
    emptyOutDir: false,
    copyPublicDir: false,
    sourcemap: false,
    reportCompressedSize: false,
    lib: { entry: "src/main.ts", formats: ["iife"], name: "Stridewell", fileName: () => "stridewell.js" },
  },
  test: { environment: "happy-dom", include: ["tests/**/*.test.ts"] },
});
