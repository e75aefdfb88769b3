// pdf.js names these drawing classes while it loads; the canvas addon that would define them cannot load
// under --permission, and reading text never calls them.
function Unused(): void {}

Object.assign(globalThis, { DOMMatrix: Unused, ImageData: Unused, Path2D: Unused })
