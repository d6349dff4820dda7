/** The editor brings its look along; the build of the page takes it up. */
declare module "*.css";
