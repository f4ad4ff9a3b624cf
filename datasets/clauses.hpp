#pragma once

// Clauses of invented sentences: what somebody does or is, in English and in Korean.

#include <string>

#include "datasets/korean.hpp"
#include "datasets/sentence_words.hpp"
#include "tensor/random.hpp"

namespace nn::words {

/// When a sentence is: `now` is something that is going on.
enum class When { past, usual, future, now };

/// What the speaker adds to a verb.
enum class Modal { none, negative, want, can, must };

/// Everything except the subject and the tense: "eat an apple at home", 집에서 사과를 먹. A clause without a person has
/// its own subject.
struct Clause {
  const Person* person = nullptr;
  std::string subject = {};  // if there is no person: "it", "there"
  bool plural = false;       // the verb of such a subject
  Forms forms = {};          // of the verb; empty for "to be"
  Modal modal = Modal::none;
  std::string rest = {};    // English after the verb
  std::string before = {};  // Korean before the stem, with a space at its end
  Stem stem = {};
  bool unclear = false;  // does the English verb not tell past from present?
};

/// To whom the sentence is said, and when it is.
struct Setting {
  Level level = Level::polite;
  When when = When::past;

  Tense tense() const;
};

/// Draws clauses of one sentence.
class ClauseMaker {
 public:
  ClauseMaker(const Setting& setting, Random& random) : setting_(setting), random_(&random) {}

  const Person& person();
  const Person& another_than(const Person& person);

  /// What the person does, with objects and places. A lasting one is to like, to live, to raise a cat.
  Clause action(const Person& person, Modal modal, bool may_last);
  /// What the person is, feels, or has as an occupation; a negative one is not.
  Clause feeling(const Person& person, bool negative);
  Clause occupation(const Person& person, bool negative);
  Clause weather();
  Clause presence();

  /// One of the modals that fit the sentence; most often none.
  Modal modal();

 private:
  bool once_in(std::size_t count) { return random_->below(count) == 0; }
  template <class T>
  const T& pick(std::span<const T> items) {
    return items[random_->below(items.size())];
  }
  void add_thing(Clause& clause, std::span<const Thing> things, std::string& korean);
  void add_modal(Clause& clause, const Stem& plain);
  std::string counted(const Thing& thing, std::string& korean);

  Setting setting_;
  Random* random_;
};

/// Korean for a person: 저, 민수 씨, and to friends 나, 민수.
std::string korean_name(const Person& person, Level level);
/// The person as the topic (저는, 어머니께서는) or as the subject (제가, 어머니께서) of a clause.
std::string korean_topic(const Person& person, Level level);
std::string korean_subject(const Person& person, Level level);

/// The English verb with what follows it, for the subject of the clause: "am eating an apple".
std::string english_predicate(const Clause& clause, When when);
/// The same without a helping verb, after another verb of the same subject: "ate", "eat" after "will eat".
std::string english_continued(const Clause& clause, When when);

/// The Korean clause without its topic.
std::string korean_predicate(const Clause& clause, Ending ending, const Setting& setting);

}  // namespace nn::words
