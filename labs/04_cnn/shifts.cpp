// ./course run 04 shifts: lab 02's MLP on digits that were moved by a few pixels. Needs nothing of this lab.
#include <filesystem>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "04_cnn/shifted.hpp"
#include "datasets/sources.hpp"
#include "plot/plot.hpp"
#include "program/program.hpp"

namespace {

using namespace nn;

void run(const std::string& source, const std::string& out, std::uint64_t seed) {
  std::filesystem::create_directories(out);
  const ImageSets data = load_image_sets(source, 10'000, 2'000, seed);
  const MLP model = trained_mlp(data.train, 10, seed);
  const std::vector<double> right = accuracy_by_shift(data.test, [&](const Matrix& x) { return model.predict(x); });
  LinePlot plot{.title = "lab 02's MLP, test digits moved by some pixels",
                .x_label = "pixels",
                .y_label = "right, in %",
                .curves = {{.name = "MLP", .y = right}}};
  fmt::print("moved by   right\n");
  for (std::size_t shift = 0; shift < right.size(); ++shift) {
    plot.curves[0].x.push_back(static_cast<double>(shift));
    fmt::print("{} pixels {:>6.1f} %\n", shift, right[shift]);
  }
  save_figure(out + "/shifts.png", {plot, moved_digits(data.test, [&](const Matrix& x) { return model.predict(x); })});
  fmt::print("\nPicture: {}/shifts.png\n", out);
}

}  // namespace

int main(int argc, char** argv) {
  std::string data = "digits";
  std::string out = "out/04_cnn";
  std::uint64_t seed = 1;
  nn::ProgramOptions program("Shows lab 02's MLP digits that were moved by a few pixels.", "./course run 04 shifts");
  nn::add_image_source(program, data);
  program.text("--out", out, "folder for the picture");
  program.number("--seed", seed, "seed of weights, order and drawn digits");
  return nn::run_program(program, argc, argv, [&] { run(data, out, seed); });
}
