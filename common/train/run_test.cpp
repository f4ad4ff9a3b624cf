#include "train/run.hpp"

#include <doctest/doctest.h>

#include "files/scratch_folder.hpp"

namespace nn {

namespace {

/// Each step adds the position to a number, and loses it.
class Sums : public Run {
 public:
  explicit Sums(std::string settings) : settings_(std::move(settings)) {}
  std::size_t epoch_steps() const override { return 3; }
  Real sum() const { return sum_[0]; }

 private:
  double next_step() override {
    sum_[0] += static_cast<Real>(position() + 1);
    return static_cast<double>(sum_[0]);
  }
  std::vector<CheckpointTensor> state() override { return {{"sum", {1}, std::span<Real>(sum_)}}; }
  std::string settings() const override { return settings_; }

  std::string settings_;
  std::array<Real, 1> sum_{};
};

const auto nothing = [](std::size_t, double) {};

}  // namespace

TEST_CASE("a stopped run resumes where it stood") {
  const ScratchFolder folder;
  const std::filesystem::path file = folder.path() / "run.safetensors";
  Sums stopped("batch 2");
  std::vector<double> losses;
  run_epochs(stopped, {.epochs = 2, .stop_after = 1, .checkpoint = file}, nothing,
             [&](double loss) { losses.push_back(loss); });
  CHECK(losses == std::vector<double>{1, 3, 6});

  Sums resumed("batch 2");
  std::vector<std::pair<std::size_t, double>> epochs;
  run_epochs(resumed, {.epochs = 2, .resume = true, .checkpoint = file}, [&](std::size_t epoch, double loss) {
    epochs.push_back({epoch, loss});
  });
  CHECK(resumed.position() == 6);
  CHECK(resumed.sum() == 21);
  CHECK(epochs == std::vector<std::pair<std::size_t, double>>{{2, (10.0 + 15 + 21) / 3}});
}

TEST_CASE("a run with other settings is not resumed") {
  const ScratchFolder folder;
  const std::filesystem::path file = folder.path() / "run.safetensors";
  Sums run("batch 2");
  run_epochs(run, {.epochs = 1, .checkpoint = file}, nothing);
  Sums other("batch 3");
  CHECK_THROWS_WITH_AS(other.load(file), doctest::Contains("with batch 2, not with batch 3"), std::runtime_error);
}

}  // namespace nn
