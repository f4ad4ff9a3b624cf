template <int depth, unsigned long place>
struct Tree {
  static constexpr unsigned long count = Tree<depth - 1, 2 * place>::count + Tree<depth - 1, 2 * place + 1>::count;
};
template <unsigned long place>
struct Tree<0, place> {
  static constexpr unsigned long count = 1;
};
unsigned long leaves() { return Tree<60, 0>::count; }
