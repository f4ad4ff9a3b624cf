#include <cstring>
#include <span>
#include <string>
#include <unistd.h>

#include "safetensors/safetensors.hpp"
#include "testing/expected.hpp"
#include "testing/record.hpp"

extern const unsigned char recorded[];
extern const unsigned long recorded_size;

// A main of its own: that of the test program is not linked then
int main(int count, char** words) {
  const auto send = [](const wire::Record& record) {
    const auto bytes = wire::serialize(record);
    [[maybe_unused]] const auto written = write(3, bytes.data(), bytes.size());
  };
  const auto bytes = std::as_bytes(std::span(recorded, recorded_size));
  const wire::Expected expected = wire::Expected::from_document(safetensors::parse(bytes));
  for (int i = 1; i + 1 < count; ++i) {
    if (std::strcmp(words[i], "--test") == 0) {
      send({wire::Record::Kind::begin, words[i + 1], {}, {}});
      for (const auto& observation : expected.observations(words[i + 1])) {
        send({wire::Record::Kind::observe, observation.name, observation.value, {}});
      }
    }
  }
  send({wire::Record::Kind::end, {}, {}, {}});
}
