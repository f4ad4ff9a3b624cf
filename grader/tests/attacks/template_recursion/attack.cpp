template <int n>
struct Next {
  static constexpr int value = Next<n + 1>::value;
};
int value = Next<0>::value;
