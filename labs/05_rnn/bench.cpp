// ./course bench 05: forward and backward of an RNN over a sequence, beside PyTorch's nn.RNN.
#include <memory>
#include <utility>

#include "05_rnn/rnn.hpp"
#include "blas/matmul.hpp"
#include "program/sequence_bench.hpp"

namespace {

using namespace nn;

/// An RNN with as many inputs as units, and the numbers that it works on.
class Work {
 public:
  Work(std::size_t time, std::size_t batch, std::size_t size)
      : x_(normal_sequence(time, batch, size)),
        dy_(x_),
        y_(x_),
        h0_(zeros({batch, size})),
        random_(1),
        rnn_(size, size, random_) {}

  void forward_and_backward() {
    zero_grad(rnn_.parameters());
    rnn_.forward(x_, h0_, cache_);
    rnn_.backward(dy_, cache_);
  }

  /// The products of forward_and_backward alone.
  void products() {
    using enum Transpose;
    const std::size_t time = x_.shape(0);
    const Block<const Real> w = block(std::as_const(rnn_.cell.weight_ih.value));
    const Block<const Real> u = block(std::as_const(rnn_.cell.weight_hh.value));
    const Block<const Real> x = block(std::as_const(x_), 0, time), dy = block(std::as_const(dy_), 0, time);
    gemm(no, x, no, w, block(y_, 0, time));
    for (std::size_t t = 0; t < time; ++t) {
      gemm(no, block(std::as_const(x_), t), no, u, block(y_, t), 1, 1);
    }
    for (std::size_t t = time; t-- > 0;) {
      gemm(no, block(std::as_const(dy_), t), yes, u, block(y_, t));
    }
    gemm(yes, x, no, dy, block(rnn_.cell.weight_ih.grad), 1, 1);
    gemm(yes, x, no, dy, block(rnn_.cell.weight_hh.grad), 1, 1);
    gemm(no, dy, yes, w, block(y_, 0, time));
  }

 private:
  Tensor3 x_, dy_, y_;
  Matrix h0_;
  Random random_;
  RNN rnn_;
  RNN::Cache cache_;
};

SequenceWork rnn_work(std::size_t time, std::size_t batch, std::size_t size) {
  const auto work = std::make_shared<Work>(time, batch, size);
  return {.forward_and_backward = [work] { work->forward_and_backward(); }, .products = [work] { work->products(); }};
}

}  // namespace

int main(int argc, char** argv) {
  return nn::run_sequence_bench({.layer = "an RNN",
                                 .command = "./course bench 05",
                                 .script = "labs/05_rnn/bench_torch.py",
                                 .others = {"nn.RNN"},
                                 .matrices = 2,
                                 .work = rnn_work},
                                argc, argv);
}
