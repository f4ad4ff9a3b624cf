#include "judge/transcript.hpp"

namespace grader {

safetensors::Document transcript(const Lab& lab, std::uint64_t seed, const std::vector<wire::Record>& records) {
  safetensors::Document document;
  document.metadata = {{"lab", lab.name}, {"seed", std::to_string(seed)}};
  std::string test;
  for (const wire::Record& record : records) {
    switch (record.kind) {
      case wire::Record::Kind::begin:
        test = record.name;
        break;
      case wire::Record::Kind::given:
        document.tensors.emplace_back(test + "/given/" + record.name, record.value);
        break;
      case wire::Record::Kind::hidden:
        document.tensors.emplace_back(test + "/hidden/" + record.name, record.value);
        break;
      case wire::Record::Kind::observe:
        document.tensors.emplace_back(test + "/observe/" + record.name, record.value);
        break;
      default:
        break;
    }
  }
  return document;
}

}  // namespace grader
