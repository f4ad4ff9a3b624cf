// ./course run 06 resume: a run with carried states, dropout and two replicas, stopped and resumed bit for bit.
#include <filesystem>
#include <fmt/format.h>
#include <stdexcept>
#include <string>
#include <vector>

#include "06_lstm/brackets.hpp"
#include "06_lstm/language.hpp"
#include "blas/threads.hpp"
#include "program/program.hpp"

namespace {

using namespace nn;

constexpr std::size_t stop_after = 13;  // in the middle of an epoch

LanguageRun new_run(const IdVector& text, std::size_t vocab_size, std::uint64_t seed) {
  Random random(seed);
  const LanguageModel model(
      {.vocab_size = vocab_size, .table_size = 8, .hidden_size = 16, .num_layers = 2, .dropout_probability = Real(0.3)},
      random);
  return LanguageRun(model, text, {.batch = 6, .time = 20, .epochs = 3, .threads = 2, .seed = seed});
}

/// Runs from where it stands up to a position. Returns the last loss.
double run_to(LanguageRun& run, std::size_t position) {
  double loss = 0;
  while (run.position() < position) {
    loss = run.step();
  }
  return loss;
}

void run(const std::string& out) {
  std::filesystem::create_directories(out);
  use_threads(1);
  const std::string file = out + "/resume.safetensors";
  Random data(1, 1);
  const std::string text = bracket_text(1'200, data);
  const CharacterSet characters(text);
  const IdVector ids = characters.encode(text);

  LanguageRun whole = new_run(ids, characters.size(), 7);
  fmt::print("without a stop: step {}, loss {:.17g}\n", whole.steps(), run_to(whole, whole.steps()));
  {
    LanguageRun stopped = new_run(ids, characters.size(), 7);
    fmt::print("stopped:        step {}, loss {:.17g}\n", stop_after, run_to(stopped, stop_after));
    stopped.save(file);
  }
  LanguageRun resumed = new_run(ids, characters.size(), 8);  // with other weights and generators
  resumed.load(file);
  fmt::print("resumed:        step {}, loss {:.17g}\n", resumed.steps(), run_to(resumed, resumed.steps()));

  const std::vector<CheckpointTensor> tensors = whole.tensors();
  std::size_t total = 0;
  for (const CheckpointTensor& tensor : tensors) {
    total += tensor.size();
  }
  const std::size_t differing = count_differing(tensors, resumed.tensors());
  fmt::print("\n{} numbers in {} tensors (parameters, optimizer, generators, states, position): {} differ\n", total,
             tensors.size(), differing);
  if (differing > 0) {
    throw std::runtime_error("a resumed run must be the same run: does final_states return h and c of every layer?");
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::string out = "out/06_lstm";
  nn::ProgramOptions program("Stops a run, resumes it from a file, and compares it with a run that was never stopped.",
                             "./course run 06 resume");
  program.text("--out", out, "folder for the file");
  return nn::run_program(program, argc, argv, [&] { run(out); });
}
