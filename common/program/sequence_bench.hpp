#pragma once

// The benchmarks of recurrent layers, "./course bench 05" to 07: forward and backward over a sequence, with as many
// inputs as units, beside PyTorch's own layers. sequence_bench.py is the half in Python.

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tensor/tensor.hpp"

namespace nn {

/// Standard normal numbers, always the same: (time, batch, size).
Tensor3 normal_sequence(std::size_t time, std::size_t batch, std::size_t size);

/// What is timed of one layer: its forward and backward, the products of matrices in them alone, and other parts of
/// them. The functions keep alive what they work on.
struct SequenceWork {
  struct Part {
    std::string name;
    std::function<void()> run;
  };
  std::function<void()> forward_and_backward;
  std::function<void()> products;
  std::vector<Part> parts = {};
};

/// A benchmark of a layer.
struct SequenceBench {
  std::string layer;                // in words: "an LSTM"
  std::string command;              // "./course bench 06"
  std::filesystem::path script;     // times what it is compared with, by sequence_bench.py
  std::vector<std::string> others;  // names of those, the first PyTorch's own layer: "nn.LSTM"
  std::size_t matrices;             // (size, size) that a row of x or h is multiplied by in forward: 8 for an LSTM
  std::function<SequenceWork(std::size_t time, std::size_t batch, std::size_t size)> work;
};

/// The whole main of a benchmark: reads the command line, measures, and prints a line for each size. With several
/// threads, each works on its part of the batch.
int run_sequence_bench(const SequenceBench& bench, int argc, const char* const* argv);

}  // namespace nn
