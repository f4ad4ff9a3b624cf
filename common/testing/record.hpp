#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "safetensors/safetensors.hpp"

/// The messages between a graded test and the judge: a stream of records. Each record is a safetensors document with
/// one tensor. Files and messages have the same reader, so there is one format to trust.
namespace wire {

using safetensors::Array;

/// A text as an array, its bytes in u8, and back. Texts tell of what is no number: truth values and exceptions.
Array text_array(std::string_view text);
std::string text_of(const Array& array);

/// How an observed value is judged. Only the reference and the judge look at matchers.
struct Matcher {
  enum class Kind {
    close,     // same shape and every number within the tolerance of the expected one; texts must be equal
    between,   // same shape and every number in [low, high]
    accuracy,  // ids of which at least the fraction `low` equals `labels`
    moments,   // same shape; mean and deviation within the tolerance, relative to the expected deviation
  };
  Kind kind = Kind::close;
  double tolerance = 0;  // close: relative to the largest expected number of the tensor
  double low = 0;
  double high = 0;
  Array labels;  // accuracy

  bool operator==(const Matcher&) const = default;
};

/// One step of a test.
struct Record {
  enum class Kind {
    begin,    // a test begins; name is the test's
    given,    // an input that the test drew; it is sent to the submission's program
    hidden,   // a value that only the judge may see, such as test labels
    observe,  // an output of the student's code
    end,      // the test ended; name and value are empty
    error,    // the test ended with an exception; name is the message
    todo,     // the test reached code that is not implemented; name says where
  };
  Kind kind = Kind::end;
  std::string name;
  Array value;
  Matcher matcher;  // of an observation in the reference's records

  bool operator==(const Record&) const = default;
};

/// The record as bytes; records can follow each other.
std::vector<std::byte> serialize(const Record& record);

/// Reads one record from the front of bytes and removes it. Throws safetensors::FormatError if it is
/// malformed or larger than the limits.
Record parse_front(std::span<const std::byte>& bytes, const safetensors::Limits& limits);

/// Reads records to the end of bytes. Throws like parse_front.
std::vector<Record> parse_all(std::span<const std::byte> bytes, const safetensors::Limits& limits);

}  // namespace wire
