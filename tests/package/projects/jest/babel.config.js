// What makes CommonJS of ES modules; it is a part of @babel/preset-env, which Jest's documentation asks for.

module.exports = { plugins: ["@babel/plugin-transform-modules-commonjs"] };
