#include "safetensors/safetensors.hpp"

#include <cstring>
#include <doctest/doctest.h>
#include <fstream>
#include <limits>

#include "files/scratch_folder.hpp"
#include "safetensors/json.hpp"

namespace {

using safetensors::Array;
using safetensors::Document;
using safetensors::DType;
using safetensors::FormatError;
using Bytes = std::vector<std::byte>;

Bytes operator+(Bytes left, const Bytes& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

/// A file of any header, and of zeros for data.
Bytes file_of(const std::string& header, std::size_t data_bytes = 0) {
  const std::uint64_t length = header.size();
  Bytes bytes(sizeof(length) + header.size() + data_bytes);
  std::memcpy(bytes.data(), &length, sizeof(length));
  std::memcpy(bytes.data() + sizeof(length), header.data(), header.size());
  return bytes;
}

/// A file of one tensor "a".
Bytes file_of_tensor(const std::string& dtype, const std::string& shape, const std::string& offsets,
                     std::size_t data_bytes) {
  return file_of(R"({"a":{"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}}",
                 data_bytes);
}

Document sample() {
  const std::vector<double> reals = {
      0.1, -0.0, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::denorm_min(), 1e308, -2.5};
  const std::vector<float> floats = {1.5F, -3.25F};
  const std::vector<std::uint64_t> ids = {0, std::numeric_limits<std::uint64_t>::max()};
  const std::vector<std::int64_t> signs = {std::numeric_limits<std::int64_t>::min()};
  const std::vector<unsigned char> pixels = {0, 128, 255};
  Document document;
  document.tensors = {
      {"layer0.weight", Array::of<double>({2, 3}, reals)}, {"empty", Array::of<double>({0, 4}, {})},
      {"pixels", Array::of<unsigned char>({3}, pixels)},   {"another empty", Array::of<float>({0}, {})},
      {"ids", Array::of<std::uint64_t>({1, 2}, ids)},      {"scalar", Array::of<std::int64_t>({}, signs)},
      {"가중치 \"w\"\n", Array::of<float>({2}, floats)}};
  document.metadata = {{"epoch", "3"}, {"note", "한국어, \"quotes\" and\nlines"}};
  return document;
}

void check_equal(const Document& got, const Document& expected) {
  CHECK(got.metadata == expected.metadata);
  REQUIRE(got.tensors.size() == expected.tensors.size());
  for (std::size_t i = 0; i < got.tensors.size(); ++i) {
    CHECK(got.tensors[i].first == expected.tensors[i].first);
    CHECK(got.tensors[i].second == expected.tensors[i].second);
  }
}

}  // namespace

TEST_SUITE("safetensors") {
  TEST_CASE("a document comes back from its bytes with names and order and text and every bit") {
    check_equal(safetensors::parse(safetensors::serialize(sample())), sample());
    check_equal(safetensors::parse(safetensors::serialize({})), {});
  }

  TEST_CASE("the data starts at a multiple of 8") {
    Document document = sample();
    for (int i = 0; i < 8; ++i) {
      document.metadata["note"] += "x";
      const Bytes bytes = safetensors::serialize(document);
      std::uint64_t length = 0;
      std::memcpy(&length, bytes.data(), sizeof(length));
      CHECK(length % 8 == 0);
    }
  }

  TEST_CASE("an array gives its numbers as their own type or as doubles") {
    const std::vector<float> numbers = {1, 2, 3};
    const Array array = Array::of<float>({3}, numbers);
    CHECK(array.size() == 3);
    CHECK(array.numbers<float>() == numbers);
    CHECK(array.as_doubles() == std::vector<double>{1, 2, 3});
    CHECK_THROWS_WITH_AS(array.numbers<double>(), "the array contains F32, not F64", FormatError);
    CHECK_THROWS_WITH_AS(Array::of<float>({2, 2}, numbers), "3 numbers do not fill the shape (2, 2)", FormatError);
  }

  TEST_CASE("a tensor is found by its name") {
    const Document document = sample();
    REQUIRE(document.find("ids") != nullptr);
    CHECK(document.find("ids")->dtype == DType::u64);
    CHECK(document.find("id") == nullptr);
  }

  TEST_CASE("documents can follow each other but not where one is expected") {
    const Bytes both = safetensors::serialize(sample()) + safetensors::serialize({});
    std::span<const std::byte> rest = both;
    check_equal(safetensors::parse_front(rest), sample());
    check_equal(safetensors::parse_front(rest), {});
    CHECK(rest.empty());
    CHECK_THROWS_AS(safetensors::parse(both), FormatError);
  }

  TEST_CASE("input cut off at any byte is an error and nothing is taken from it") {
    const Bytes bytes = safetensors::serialize(sample());
    for (std::size_t length = 0; length < bytes.size(); ++length) {
      const Bytes cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
      std::span<const std::byte> rest = cut;
      CAPTURE(length);
      CHECK_THROWS_AS(safetensors::parse_front(rest), FormatError);
      CHECK(rest.size() == length);
    }
  }

  TEST_CASE("one wrong byte is a FormatError or gives another document") {
    const Bytes bytes = safetensors::serialize(sample());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      for (const int flip : {0x01, 0x10, 0x80}) {
        Bytes wrong = bytes;
        wrong[i] ^= static_cast<std::byte>(flip);
        try {
          safetensors::parse(wrong);
        } catch (const FormatError&) {
        }
      }
    }
  }

  TEST_CASE("a header or data beyond the limits is refused before it is read") {
    CHECK_THROWS_WITH_AS(safetensors::parse(file_of("{}"), {.header_bytes = 1}),
                         "the header claims 2 bytes, but the limit is 1", FormatError);
    CHECK_THROWS_AS(safetensors::parse(Bytes(8, std::byte{0xff})), FormatError);
    CHECK_THROWS_AS(safetensors::parse(Bytes(8, std::byte{0xff}), {.header_bytes = ~std::size_t{0}}), FormatError);
    const Bytes tensor = file_of_tensor("F64", "[1,2]", "[0,16]", 16);
    CHECK_NOTHROW(safetensors::parse(tensor, {.data_bytes = 16, .rank = 2}));
    CHECK_THROWS_AS(safetensors::parse(tensor, {.data_bytes = 15}), FormatError);
    CHECK_THROWS_AS(safetensors::parse(tensor, {.rank = 1}), FormatError);
  }

  TEST_CASE("tensors that overlap or leave a gap are refused") {
    const auto two = [](const std::string& first, const std::string& second) {
      return file_of(R"({"b":{"dtype":"U8","shape":[2],"data_offsets":)" + second +
                         R"(},"a":{"dtype":"U8","shape":[2],"data_offsets":)" + first + "}}",
                     4);
    };
    CHECK(safetensors::parse(two("[0,2]", "[2,4]")).tensors.front().first == "a");
    CHECK_THROWS_WITH_AS(safetensors::parse(two("[0,2]", "[1,3]")), "tensor \"b\": an overlap at byte 1 of the data",
                         FormatError);
    CHECK_THROWS_WITH_AS(safetensors::parse(two("[0,2]", "[3,5]")), "tensor \"b\": a gap at byte 2 of the data",
                         FormatError);
    CHECK_THROWS_AS(safetensors::parse(two("[0,2]", "[0,2]")), FormatError);
    CHECK_THROWS_AS(safetensors::parse(two("[1,3]", "[3,5]")), FormatError);
  }

  TEST_CASE("shapes and offsets that are invalid or do not match are refused") {
    CHECK_NOTHROW(safetensors::parse(file_of_tensor("F32", "[2]", "[0,8]", 8)));
    for (const char* shape : {"[-1]", "[2.0]", "[NaN]", "[1e400]", "[null]", "[\"2\"]", "[[2]]", "2", "{}", "[3]", "[]",
                              "[18446744073709551616]", "[4294967296,4294967296]", "[9223372036854775808,2]",
                              "[0,9223372036854775808,2]", "[4611686018427387904]"}) {
      CAPTURE(shape);
      CHECK_THROWS_AS(safetensors::parse(file_of_tensor("F32", shape, "[0,8]", 8)), FormatError);
      CHECK_THROWS_AS(safetensors::parse(file_of_tensor("F32", shape, "[0,0]", 0)), FormatError);
    }
    for (const char* offsets : {"[-8,0]", "[0,-8]", "[8,0]", "[0]", "[0,8,16]", "[]", "8", "[0,8.0]", "[0,1e1]",
                                "[18446744073709551608,0]", "[18446744073709551608,18446744073709551615]"}) {
      CAPTURE(offsets);
      CHECK_THROWS_AS(safetensors::parse(file_of_tensor("F32", "[2]", offsets, 8)), FormatError);
    }
  }

  TEST_CASE("a type that the course does not know is named") {
    for (const std::string dtype : {"BF16", "F16", "I32", "BOOL", "f32", ""}) {
      CHECK_THROWS_WITH_AS(
          safetensors::parse(file_of_tensor(dtype, "[2]", "[0,8]", 8)),
          ("tensor \"a\": dtype \"" + dtype + "\" is not one of U8, U64, I64, F32, F64; convert the file first")
              .c_str(),
          FormatError);
    }
  }

  TEST_CASE("a header that is not a plain JSON object of tensors is refused") {
    const std::string tensor = R"({"dtype":"U8","shape":[0],"data_offsets":[0,0]})";
    const std::string repeated_field = R"({"dtype":"U8","dtype":"U8","shape":[0],"data_offsets":[0,0]})";
    CHECK_NOTHROW(safetensors::parse(file_of("{\"a\":" + tensor + "}   ")));
    for (const std::string& header : {std::string(),
                                      std::string("null"),
                                      std::string("[]"),
                                      std::string("{"),
                                      std::string(" {}"),
                                      std::string("{}}"),
                                      std::string("{}\0", 3),
                                      std::string("{}\0garbage", 10),
                                      std::string("\xef\xbb\xbf{}"),
                                      std::string("{}/* */"),
                                      "{\"a\":" + tensor + ",\"a\":" + tensor + "}",
                                      "{\"a\":" + tensor + ",\"\\u0061\":" + tensor + "}",
                                      "{\"a\":" + repeated_field + "}",
                                      std::string(R"({"a":1})"),
                                      std::string(R"({"a":{}})"),
                                      std::string("{\"\xff\":") + tensor + "}",
                                      std::string(R"({"__metadata__":[]})"),
                                      std::string(R"({"__metadata__":{"epoch":3}})"),
                                      std::string(R"({"__metadata__":{"a":"1","a":"2"}})"),
                                      std::string(R"({"__metadata__":{"a":{"b":"c"}}})")}) {
      CAPTURE(header);
      CHECK_THROWS_AS(safetensors::parse(file_of(header)), FormatError);
    }
  }

  TEST_CASE("an error in the JSON says where it is") {
    const std::string tensor = R"({"dtype":"U8","shape":[0],"data_offsets":[0,0]})";
    const auto message = [](const std::string& header) {
      try {
        safetensors::parse(file_of(header));
        return std::string();
      } catch (const FormatError& error) {
        return std::string(error.what());
      }
    };
    CHECK(message(R"({"a":1;})") == "the header is no JSON: it breaks off at its byte 7");
    CHECK(message(R"({"a":[9223372036854775808]})") ==
          "the header is no JSON: a number is out of range before its byte 25");
    for (const std::string key : {R"("a")", R"("\"\\")", R"("가중치 \"w\"\n")", R"("")"}) {
      const std::string before = "{" + key + ":" + tensor + "," + key;
      CHECK(message(before + ":" + tensor + "}") == "the header has the key " + key +
                                                        " twice, the second time before its byte " +
                                                        std::to_string(before.size()));
    }
    CHECK(message(R"({"a":{"dtype":"U8","dtype":"U8","shape":[0],"data_offsets":[0,0]}})") ==
          "the header has the key \"dtype\" twice, the second time before its byte 26");
  }

  TEST_CASE("metadata needs no tensors") {
    const Document document{{}, {{"note", std::string("one\0two", 7)}, {"epoch", "3"}}};
    check_equal(safetensors::parse(safetensors::serialize(document)), document);
    CHECK(safetensors::parse(file_of(R"({"__metadata__":{"epoch":"3"}})")).metadata.at("epoch") == "3");
  }

  TEST_CASE("a hundred thousand tensors come back from their bytes") {
    Document document;
    for (std::size_t i = 0; i < 100'000; ++i) {
      document.tensors.emplace_back("layer" + std::to_string(i) + ".weight", Array::of<float>({0}, {}));
    }
    const Document copy = safetensors::parse(safetensors::serialize(document));
    CHECK(copy.tensors == document.tensors);
  }

  TEST_CASE("deep nesting is refused without deep recursion") {
    const std::size_t depth = 100'000;
    std::string objects;
    for (std::size_t i = 0; i < depth; ++i) {
      objects += "{\"a\":";
    }
    CHECK_THROWS_WITH_AS(safetensors::parse(file_of(objects)), "the header is nested too deeply", FormatError);
    CHECK_THROWS_WITH_AS(safetensors::parse(file_of("{\"a\":" + std::string(depth, '['))),
                         "the header is nested too deeply", FormatError);
    CHECK_THROWS_WITH_AS(safetensors::parse(file_of_tensor("U8", std::string(depth, '['), "[0,0]", 0)),
                         "the header is nested too deeply", FormatError);
  }

  TEST_CASE("a document that could not be read back is not written") {
    const Array array = Array::of<double>({0}, {});
    const auto document = [](std::vector<std::pair<std::string, Array>> tensors) { return Document{tensors, {}}; };
    CHECK_THROWS_AS(safetensors::serialize(document({{"a", array}, {"a", array}})), FormatError);
    CHECK_THROWS_AS(safetensors::serialize(document({{"__metadata__", array}})), FormatError);
    CHECK_THROWS_AS(safetensors::serialize(document({{"\xff", array}})), FormatError);
    CHECK_THROWS_AS(safetensors::serialize(document({{"a", Array{DType::f64, {2}, Bytes(8)}}})), FormatError);
    CHECK_THROWS_AS(safetensors::serialize(document({{std::string("a\0", 2), array}})), FormatError);
    CHECK_THROWS_AS(safetensors::serialize(Document{{}, {{"note", "\xff"}}}), FormatError);
    CHECK_THROWS_WITH_AS(safetensors::serialize(Document{{}, {{"note", std::string(100'000'000, 'x')}}}),
                         "the header would take 100000032 bytes, at most 100000000 are read: write several files",
                         FormatError);
  }

  TEST_CASE("valid_utf8 keeps what is UTF-8 and replaces every byte that is not") {
    CHECK(safetensors::valid_utf8("").empty());
    CHECK(safetensors::valid_utf8("plain, 한국어, 🙂\n") == "plain, 한국어, 🙂\n");
    CHECK(safetensors::valid_utf8("\xff한\xed\x95") == "�한��");
    CHECK(safetensors::valid_utf8("\xed\xa0\x80") == "���");  // half of a surrogate pair
  }

  TEST_CASE("a saved file is loaded as it was and replaces an older one") {
    const nn::ScratchFolder scratch;
    const auto path = scratch.path() / "model.safetensors";
    safetensors::save(path, {});
    safetensors::save(path, sample());
    check_equal(safetensors::load(path), sample());
    CHECK(scratch.names() == std::vector<std::string>{"model.safetensors"});
  }

  TEST_CASE("loading names the file that is missing or a folder or broken") {
    const nn::ScratchFolder scratch;
    const auto path = scratch.path() / "model.safetensors";
    const auto message = [&](const std::filesystem::path& file) {
      try {
        safetensors::load(file);
        return std::string();
      } catch (const FormatError& error) {
        return std::string(error.what());
      }
    };
    CHECK(message(path) == path.string() + ": cannot be read: No such file or directory");
    CHECK(message(scratch.path()).starts_with(scratch.path().string() + ": cannot be read"));
    std::ofstream(path) << "abc";
    CHECK(message(path) == path.string() + ": the data is cut off: 3 bytes are too few for a header length");
  }
}
