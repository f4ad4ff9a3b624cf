// Prints matrices and their factorizations by linalg.hpp, for python_test.py: lines of a name, rows, columns and
// numbers.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <string>

#include "linalg/linalg.hpp"
#include "tensor/random.hpp"

namespace {

void print_matrix(const std::string& name, const nn::Matrix& x) {
  fmt::print("{} {} {} {:.17g}\n", name, x.shape(0), x.shape(1), fmt::join(x.begin(), x.end(), " "));
}

void print_vector(const std::string& name, const nn::Vector& x) {
  fmt::print("{} 1 {} {:.17g}\n", name, x.size(), fmt::join(x.begin(), x.end(), " "));
}

nn::Matrix normal_matrix(std::size_t rows, std::size_t columns, nn::Random& random) {
  nn::Matrix x = nn::zeros({rows, columns});
  nn::fill_normal(nn::values(x), random, 0, 1);
  return x;
}

}  // namespace

int main() {
  nn::Random random(3);
  for (const auto& [rows, columns] : {std::pair<std::size_t, std::size_t>{6, 4}, {4, 6}, {5, 5}}) {
    const nn::Matrix a = normal_matrix(rows, columns, random);
    const nn::Matrix b = normal_matrix(rows, 2, random);
    print_matrix("a", a);
    print_matrix("b", b);
    print_vector("svd.s", nn::svd(a).s);
    print_matrix("qr.q", nn::qr(a).q);
    print_matrix("qr.r", nn::qr(a).r);
    print_matrix("lstsq.x", nn::lstsq(a, b).x);
    for (const std::complex<nn::Real>& value : rows == columns ? nn::eigenvalues(a) : decltype(nn::eigenvalues(a))()) {
      fmt::print("eigenvalue 1 2 {:.17g} {:.17g}\n", value.real(), value.imag());
    }
  }
}
