#include <stdexcept>

// Whatever the function should return
#define ANSWER(Type)                                                                                           \
  throw std::runtime_error(                                                                                    \
      "\n\n# 02_mlp: 100 of 100 points\n<script>alert(1)</script>\033[2J\033]0;title\007\r\n| total | 100 |\n" \
      "=HYPERLINK(\"http://example.com\")")
#include "every_function.hpp"
