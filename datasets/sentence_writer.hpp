#pragma once

// Joins clauses to one invented sentence.

#include <string>
#include <vector>

#include "datasets/clauses.hpp"
#include "datasets/sentences.hpp"

namespace nn::words {

/// How a clause before the main one is joined to it.
struct Link {
  std::string_view english;
  Ending ending;
  bool same_person = false;  // must both clauses have the same person?
  bool of_action = false;    // does something happen in the clause, or is it a feeling or the weather?
};

/// Writes one sentence: both texts grow part by part. A part is one or more things that one person does, or a clause
/// without a person. Before the first part there may be a clause that tells when or why.
class SentenceWriter {
 public:
  SentenceWriter(const Setting& setting, Random& random);

  SentencePair sentence();

 private:
  struct Part {
    const Person* person = nullptr;
    std::vector<Clause> clauses;
  };

  bool once_in(std::size_t count) { return random_->below(count) == 0; }
  template <class T>
  const T& pick(std::span<const T> items) {
    return items[random_->below(items.size())];
  }

  Part first_part(bool linked);
  Part impersonal();
  Part actions(const Person& person, std::size_t max_count);
  /// An action with a verb that the sentence does not have yet.
  Clause action(const Person& person, Modal modal, bool may_last);
  Clause linked_clause(const Link& link, const Person& person);
  void write_first(const Part& part, const Link* link);
  void write_next(bool but);
  std::string english(const Part& part) const;
  std::string korean(const Part& part) const;
  void choose_day();

  /// Is the sentence of a time of which one says what there is, and what somebody is?
  bool is_described() const { return setting_.when == When::past || setting_.when == When::usual; }

  Setting setting_;
  Random* random_;
  ClauseMaker make_;
  std::string english_;
  std::string korean_;  // without the ending of open_
  Clause open_;         // the last clause so far
  const Person* person_ = nullptr;
  std::vector<std::string_view> said_;  // English verbs
  bool had_weather_ = false;            // or something else that is without a person
  std::string day_;                     // English, and with a space at its end Korean; both may be empty
  std::string korean_day_;
};

/// Draws to whom and of when a sentence speaks.
Setting draw_setting(Random& random);

/// A sentence of that setting, with the words that call the listener and a full stop: "Jiho, I am tired."
SentencePair write_sentence(const Setting& setting, Random& random);

}  // namespace nn::words
