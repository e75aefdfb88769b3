// The zip reader mammoth opens a Word file with; it ships without types.
declare module 'mammoth/lib/zipfile.js' {
  interface ZipFile {
    exists(name: string): boolean
    read(name: string, encoding: 'utf-8'): Promise<string>
    write(name: string, contents: string): void
    toArrayBuffer(): Promise<ArrayBuffer>
  }
  export function openArrayBuffer(bytes: Buffer): Promise<ZipFile>
}
