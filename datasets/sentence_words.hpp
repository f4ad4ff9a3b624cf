#pragma once

// The words of the invented sentences, in English and in Korean. Tables in sentence_words.cpp.

#include <span>
#include <string>
#include <string_view>

#include "datasets/korean.hpp"

namespace nn::words {

/// Somebody who acts. Elders are spoken of with respect: 께서 and stems in 시.
struct Person {
  enum Kind { speaker, group, other, elder };
  std::string_view english;
  std::string_view pronoun;  // "he" after the person was named
  std::string_view korean;
  std::string_view casual;  // Korean to friends
  Kind kind = other;
};

/// Something that is acted on. "coffee", "cup of coffee", "cups of coffee", 커피, 잔: two cups of coffee is 커피 두 잔.
struct Thing {
  std::string_view english;  // with its article, if it has one
  std::string_view one;      // after "this"; empty if it cannot be counted
  std::string_view many;     // after numbers
  std::string_view korean;
  std::string_view counter;
};

struct Place {
  std::string_view at;
  std::string_view to;
  std::string_view korean;
};

/// An expression that is the same in every sentence: "by bus", 버스로.
struct Phrase {
  std::string_view english;
  std::string_view korean;
};

/// The forms of an English verb: eat, eats, ate, eating.
struct Forms {
  std::string_view base;
  std::string_view third;
  std::string_view past;
  std::string_view ing;
};

/// A verb and what can go with it.
struct Verb {
  Forms forms;
  Stem stem;
  std::string_view respectful = {};  // the stem of its own respectful verb, if it has one
  std::span<const Thing> things = {};
  std::span<const Place> places = {};        // where it is done: 에서
  std::span<const Place> destinations = {};  // where it leads: `to`
  std::string_view to = {};                  // the particle of the destination: 에 or, if empty, (으)로
  std::span<const Phrase> means = {};        // with what, or by what vehicle
  bool together = false;                     // can it be done with somebody?
  bool lasting = false;                      // like, live: not done at one moment
};

/// What somebody is: "tired" with a stem, or "a student" with a noun.
struct Quality {
  std::string_view english;
  Stem stem;
  bool of_elders = true;
};

/// What just happens: "it rains", 비가 오다. An adjective has no forms: "the weather is", cold.
struct Weather {
  std::string_view subject;
  Forms forms;
  std::string_view adjective;
  std::string_view korean;
  Stem stem;
};

/// A day, and whether an hour can follow: "yesterday at three o'clock".
struct Day {
  std::string_view english;
  std::string_view korean;
  bool hours = false;
};

/// Things that can be in places, for "there are".
struct Presence {
  std::span<const Thing> things;
  std::span<const Place> places;
};

extern const std::span<const Person> people;
extern const std::span<const Verb> verbs;
extern const std::span<const Quality> qualities;
extern const std::span<const Phrase> occupations;  // "a student", 학생
extern const std::span<const Weather> weathers;
extern const std::span<const Presence> presences;
extern const std::span<const Day> past_days;
extern const std::span<const Day> usual_days;
extern const std::span<const Day> future_days;
extern const std::span<const Phrase> audiences;  // "Sir", 선생님: formal
extern const std::span<const Phrase> friends;    // "Jiho", 지호: casual
extern const std::span<const Phrase> numbers;    // "one", 한 to "twelve", 열두

}  // namespace nn::words
