// chai's `assert`.
made.assert = require('chai').assert;
