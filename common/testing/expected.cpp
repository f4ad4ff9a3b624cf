#include "testing/expected.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace wire {

namespace {

using safetensors::FormatError;

// Keys of expected.safetensors: "2.4 Linear::backward/dx" and, for a mistake, "2.4 Linear::backward/dx@its_id".
constexpr char observation_mark = '/';
constexpr char mistake_mark = '@';

/// Whether rounding alone can explain the difference between a student's value and a mistake's. Unlike in a comparison with
/// the reference, NaN equals NaN here: it may be just what the mistake leads to.
bool is_same(const Array& got, const Array& wrong) {
  if (got.shape != wrong.shape || got.dtype != wrong.dtype) {
    return false;
  }
  const std::vector<double> ours = got.as_doubles();
  const std::vector<double> theirs = wrong.as_doubles();
  double largest = 1e-6;
  for (const double value : theirs) {
    largest = std::isfinite(value) ? std::max(largest, std::abs(value)) : largest;
  }
  return std::ranges::equal(ours, theirs, [largest](double a, double b) {
    return a == b || (std::isnan(a) && std::isnan(b)) || std::abs(a - b) <= 1e-7 * largest;
  });
}

std::vector<Record> observed(const std::vector<Record>& records) {
  std::vector<Record> result;
  std::ranges::copy_if(records, std::back_inserter(result),
                       [](const Record& record) { return record.kind == Record::Kind::observe; });
  return result;
}

}  // namespace

std::map<std::string, std::vector<Record>> by_test(const std::vector<Record>& records) {
  std::map<std::string, std::vector<Record>> result;
  std::string test;
  for (const Record& record : records) {
    if (record.kind == Record::Kind::begin) {
      test = record.name;
    }
    result[test].push_back(record);
  }
  return result;
}

void Expected::add_reference(const std::vector<Record>& records) {
  std::string test;
  for (const Record& record : records) {
    if (record.kind == Record::Kind::begin) {
      test = record.name;
      tests_.push_back(test);
    } else if (record.kind == Record::Kind::observe) {
      observations_[test].push_back({record.name, record.value, record.matcher});
    }
  }
}

void Expected::add_mistake(const Mistake& mistake, const std::vector<Record>& records) {
  mistakes_[mistake.id] = mistake;
  const auto runs = by_test(records);
  for (const std::string& test : tests_) {
    // Take what the mistake observed in this test, one value for each of the reference's
    const auto run = runs.find(test);
    const std::vector<Record> values = run == runs.end() ? std::vector<Record>{} : observed(run->second);
    const std::vector<Observation>& reference = observations(test);
    if (!std::ranges::equal(values, reference, {}, &Record::name, &Observation::name)) {
      throw std::runtime_error(fmt::format("mistake {} does not observe what the reference observes in test '{}': it "
                                           "must give wrong values, not end the test",
                                           mistake.id, test));
    }

    // Keep what is judged wrong
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!compare(values[i].value, reference[i].value, reference[i].matcher).passed) {
        wrong_[test][values[i].name].push_back({mistake.id, values[i].value});
      }
    }
  }
}

const std::vector<Expected::Observation>& Expected::observations(const std::string& test) const {
  static const std::vector<Observation> none;
  const auto found = observations_.find(test);
  return found == observations_.end() ? none : found->second;
}

const Expected::Observation* Expected::find(const std::string& test, const std::string& observation) const {
  const auto& all = observations(test);
  const auto found = std::ranges::find(all, observation, &Observation::name);
  return found == all.end() ? nullptr : &*found;
}

const Mistake* Expected::name_mistake(const std::string& test, const std::string& observation, const Array& got) const {
  const auto in_test = wrong_.find(test);
  if (in_test == wrong_.end() || !in_test->second.contains(observation)) {
    return nullptr;
  }
  const Mistake* named = nullptr;
  for (const Wrong& wrong : in_test->second.at(observation)) {
    const Mistake& mistake = mistakes_.at(wrong.mistake);
    if (is_same(got, wrong.value) && (named == nullptr || mistake.test == test)) {
      named = &mistake;
    }
  }
  return named;
}

std::vector<std::string> Expected::tests_failed_by(const std::string& mistake_id) const {
  std::vector<std::string> failed;
  for (const std::string& test : tests_) {
    const auto in_test = wrong_.find(test);
    const bool fails = in_test != wrong_.end() && std::ranges::any_of(in_test->second, [&](const auto& observation) {
                         return std::ranges::find(observation.second, mistake_id, &Wrong::mistake) !=
                                observation.second.end();
                       });
    if (fails) {
      failed.push_back(test);
    }
  }
  return failed;
}

safetensors::Document Expected::to_document() const {
  safetensors::Document document;
  for (const std::string& test : tests_) {
    for (const Observation& observation : observations(test)) {
      // The reference's value, then the mistakes' values of the same observation
      const std::string key = test + observation_mark + observation.name;
      document.tensors.emplace_back(key, observation.value);
      const auto in_test = wrong_.find(test);
      if (in_test == wrong_.end() || !in_test->second.contains(observation.name)) {
        continue;
      }
      for (const Wrong& wrong : in_test->second.at(observation.name)) {
        document.tensors.emplace_back(key + mistake_mark + wrong.mistake, wrong.value);
      }
    }
  }
  for (const auto& [id, mistake] : mistakes_) {
    document.metadata[id + ".title"] = mistake.title;
    document.metadata[id + ".hint"] = mistake.hint;
    document.metadata[id + ".test"] = mistake.test;
  }
  return document;
}

Expected Expected::from_document(const safetensors::Document& document) {
  Expected expected;
  for (const auto& [key, text] : document.metadata) {
    const std::size_t dot = key.rfind('.');
    if (dot == std::string::npos) {
      throw FormatError("expected values: metadata key '" + key + "' is unknown");
    }
    Mistake& mistake = expected.mistakes_[key.substr(0, dot)];
    mistake.id = key.substr(0, dot);
    const std::string field = key.substr(dot + 1);
    (field == "title" ? mistake.title : field == "hint" ? mistake.hint : mistake.test) = text;
  }

  for (const auto& [key, value] : document.tensors) {
    const std::size_t slash = key.rfind(observation_mark);
    const std::size_t at = key.find(mistake_mark, slash == std::string::npos ? 0 : slash);
    if (slash == std::string::npos) {
      throw FormatError("expected values: key '" + key + "' names no test");
    }
    const std::string test = key.substr(0, slash);
    const std::string observation = key.substr(slash + 1, at == std::string::npos ? at : at - slash - 1);
    if (at == std::string::npos) {
      if (!expected.observations_.contains(test)) {
        expected.tests_.push_back(test);
      }
      expected.observations_[test].push_back({observation, value, {}});
    } else {
      const std::string id = key.substr(at + 1);
      if (!expected.mistakes_.contains(id)) {
        throw FormatError("expected values: mistake '" + id + "' has no title");
      }
      expected.wrong_[test][observation].push_back({id, value});
    }
  }
  return expected;
}

}  // namespace wire
