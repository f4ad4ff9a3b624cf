#include "datasets/sources.hpp"

#include <stdexcept>

#include "datasets/catalogue.hpp"
#include "datasets/digits.hpp"
#include "datasets/mnist.hpp"
#include "program/program.hpp"

namespace nn {

void add_image_source(ProgramOptions& options, std::string& source) {
  options.choice("--data", source, "digits: drawn by the course; mnist: real ones (./course data get mnist)",
                 {"digits", "mnist"});
}

ImageSets load_image_sets(const std::string& source, std::size_t train, std::size_t test, std::uint64_t seed) {
  if (source == "mnist") {
    return load_mnist(dataset_folder(course_root(), source));
  }
  if (source != "digits") {
    throw std::invalid_argument("there is no source of images '" + source + "', only digits and mnist");
  }
  Random train_random(seed, 1);
  Random test_random(seed, 2);
  return {draw_digits(train, train_random), draw_digits(test, test_random)};
}

void add_name_source(ProgramOptions& options, std::string& source) {
  options.choice("--data", source,
                 "invented: names by a rule of the course; names: real ones (./course data get names)",
                 {"invented", "names"});
}

NameSets load_name_sets(const std::string& source, std::uint64_t seed) {
  if (source == "names") {
    return load_names(dataset_folder(course_root(), source), seed);
  }
  if (source != "invented") {
    throw std::invalid_argument("there is no source of names '" + source + "', only invented and names");
  }
  return invent_names(4'000, 1'000, seed);
}

}  // namespace nn
