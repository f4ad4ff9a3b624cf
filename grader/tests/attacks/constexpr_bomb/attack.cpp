constexpr unsigned spin() {
  unsigned turns = 0;
  for (unsigned i = 0; i < 100'000; ++i) {
    for (unsigned j = 0; j < 100'000; ++j) {
      turns += i ^ j;
    }
  }
  return turns;
}
constexpr unsigned turns = spin();
