// ./course bench 06: forward and backward of an LSTM over a sequence, beside PyTorch's nn.LSTM.
#include <memory>
#include <utility>

#include "06_lstm/lstm.hpp"
#include "blas/matmul.hpp"
#include "program/sequence_bench.hpp"

namespace {

using namespace nn;

/// An LSTM with as many inputs as units, and the numbers that it works on.
class Work {
 public:
  Work(std::size_t time, std::size_t batch, std::size_t size)
      : x_(normal_sequence(time, batch, size)),
        dy_(x_),
        a_(normal_sequence(time, batch, 4 * size)),
        dx_(x_),
        start_(zero_state(batch, size)),
        random_(1),
        lstm_(size, size, random_) {}

  void forward_and_backward() {
    zero_grad(lstm_.parameters());
    lstm_.forward(x_, start_, cache_);
    lstm_.backward(dy_, cache_);
  }

  /// The products of forward_and_backward alone.
  void products() {
    using enum Transpose;
    const std::size_t time = x_.shape(0);
    const Block<const Real> w = block(std::as_const(lstm_.cell.weight_ih.value));
    const Block<const Real> u = block(std::as_const(lstm_.cell.weight_hh.value));
    const Block<const Real> x = block(std::as_const(x_), 0, time), a = block(std::as_const(a_), 0, time);
    Tensor3 sums({time, x_.shape(1), a_.shape(2)});
    gemm(no, x, no, w, block(sums, 0, time));
    for (std::size_t t = 0; t < time; ++t) {
      gemm(no, block(std::as_const(x_), t), no, u, block(sums, t), 1, 1);
    }
    for (std::size_t t = time; t-- > 0;) {
      gemm(no, block(std::as_const(a_), t), yes, u, block(dx_, t));
    }
    gemm(yes, x, no, a, block(lstm_.cell.weight_ih.grad), 1, 1);
    gemm(yes, x, no, a, block(lstm_.cell.weight_hh.grad), 1, 1);
    gemm(no, a, yes, w, block(dx_, 0, time));
  }

  /// LSTMGates alone, for all steps.
  void gates() {
    const std::size_t batch = x_.shape(1), n = x_.shape(2);
    LSTMGates::Cache cache;
    for (std::size_t t = 0; t < x_.shape(0); ++t) {
      Matrix a({batch, 4 * n});
      LSTMGates().forward(std::move(a), start_.c, cache);
      LSTMGates().backward(start_, cache);
    }
  }

 private:
  Tensor3 x_, dy_, a_, dx_;
  LSTMState start_;
  Random random_;
  LSTM lstm_;
  LSTM::Cache cache_;
};

SequenceWork lstm_work(std::size_t time, std::size_t batch, std::size_t size) {
  const auto work = std::make_shared<Work>(time, batch, size);
  return {.forward_and_backward = [work] { work->forward_and_backward(); },
          .products = [work] { work->products(); },
          .parts = {{"gates", [work] { work->gates(); }}}};
}

}  // namespace

int main(int argc, char** argv) {
  return nn::run_sequence_bench({.layer = "an LSTM",
                                 .command = "./course bench 06",
                                 .script = "labs/06_lstm/bench_torch.py",
                                 .others = {"nn.LSTM"},
                                 .matrices = 8,
                                 .work = lstm_work},
                                argc, argv);
}
