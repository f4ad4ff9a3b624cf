// ./course bench 07: forward and backward of a GRU over a sequence, beside PyTorch's nn.GRU and beside the same cell
// made of PyTorch's operations.
#include <memory>
#include <utility>

#include "07_gru/gru.hpp"
#include "blas/matmul.hpp"
#include "program/sequence_bench.hpp"

namespace {

using namespace nn;

/// A GRU with as many inputs as units, and the numbers that it works on.
class Work {
 public:
  Work(std::size_t time, std::size_t batch, std::size_t size)
      : x_(normal_sequence(time, batch, size)),
        dy_(x_),
        a_(normal_sequence(time, batch, 3 * size)),
        dx_(x_),
        lengths_(IdVector::from_shape({batch})),
        h0_(zeros({batch, size})),
        random_(1),
        gru_(size, size, random_) {
    lengths_.fill(time);
  }

  void forward_and_backward() {
    zero_grad(gru_.parameters());
    gru_.forward(x_, lengths_, h0_, cache_);
    gru_.backward(dy_, cache_);
  }

  /// The products of forward_and_backward alone.
  void products() {
    using enum Transpose;
    const std::size_t time = x_.shape(0), batch = x_.shape(1), n = x_.shape(2);
    const Block<const Real> w = block(std::as_const(gru_.cell.weight_ih.value));
    const Block<const Real> u = block(std::as_const(gru_.cell.weight_hh.value));
    const Block<const Real> u_gates = part(u, 0, 0, n, 2 * n), u_n = part(u, 0, 2 * n, n, n);
    const Block<const Real> x = block(std::as_const(x_), 0, time), a = block(std::as_const(a_), 0, time);
    const Block<Real> dw = block(gru_.cell.weight_ih.grad), du = block(gru_.cell.weight_hh.grad);
    Tensor3 sums({time, batch, 3 * n});
    gemm(no, x, no, w, block(sums, 0, time));
    for (std::size_t t = 0; t < time; ++t) {
      const Block<const Real> h = block(std::as_const(x_), t);
      gemm(no, h, no, u_gates, part(block(sums, t), 0, 0, batch, 2 * n), 1, 1);
      gemm(no, h, no, u_n, part(block(sums, t), 0, 2 * n, batch, n), 1, 1);
    }
    for (std::size_t t = time; t-- > 0;) {
      const Block<const Real> da = block(std::as_const(a_), t);
      gemm(no, part(da, 0, 2 * n, batch, n), yes, u_n, block(dx_, t));
      gemm(no, part(da, 0, 0, batch, 2 * n), yes, u_gates, block(dx_, t), 1, 1);
    }
    gemm(yes, x, no, a, dw, 1, 1);
    gemm(yes, x, no, part(a, 0, 0, a.rows, 2 * n), part(du, 0, 0, n, 2 * n), 1, 1);
    gemm(yes, x, no, part(a, 0, 2 * n, a.rows, n), part(du, 0, 2 * n, n, n), 1, 1);
    gemm(no, a, yes, w, block(dx_, 0, time));
  }

 private:
  Tensor3 x_, dy_, a_, dx_;
  IdVector lengths_;
  Matrix h0_;
  Random random_;
  GRU gru_;
  GRU::Cache cache_;
};

SequenceWork gru_work(std::size_t time, std::size_t batch, std::size_t size) {
  const auto work = std::make_shared<Work>(time, batch, size);
  return {.forward_and_backward = [work] { work->forward_and_backward(); }, .products = [work] { work->products(); }};
}

}  // namespace

int main(int argc, char** argv) {
  return nn::run_sequence_bench({.layer = "a GRU",
                                 .command = "./course bench 07",
                                 .script = "labs/07_gru/bench_torch.py",
                                 .others = {"nn.GRU", "operations"},
                                 .matrices = 6,
                                 .work = gru_work},
                                argc, argv);
}
