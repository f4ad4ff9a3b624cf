#include "datasets/sentence_writer.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <optional>

namespace nn::words {

namespace {

constexpr Link past_links[] = {{"because", Ending::because},           {"when", Ending::when},
                               {"before", Ending::before, true, true}, {"after", Ending::after, false, true},
                               {"while", Ending::during, true, true},  {"so", Ending::so}};
constexpr Link future_links[] = {{"if", Ending::condition},
                                 {"before", Ending::before, true, true},
                                 {"after", Ending::after, false, true},
                                 {"while", Ending::during, true, true}};
constexpr Link now_links[] = {{"because", Ending::because}};

std::span<const Link> links_of(When when) {
  if (when == When::now) {
    return now_links;
  }
  return when == When::future ? std::span<const Link>(future_links) : past_links;
}

std::string subject_of(const Clause& clause, bool named) {
  return clause.person == nullptr ? clause.subject
                                  : std::string(named ? clause.person->pronoun : clause.person->english);
}

/// Puts a space before words that are not empty.
std::string after_space(const std::string& words) { return words.empty() ? "" : " " + words; }

}  // namespace

SentenceWriter::SentenceWriter(const Setting& setting, Random& random)
    : setting_(setting), random_(&random), make_(setting, random) {}

SentencePair SentenceWriter::sentence() {
  // The first part, with or without a clause before it
  const std::size_t parts = 1 + random_->below(4);
  const Link* link = once_in(2) ? &pick(links_of(setting_.when)) : nullptr;
  const Part first = first_part(link != nullptr);
  write_first(first, link);

  // The others; "but" at most once
  const std::size_t contrast = 1 + random_->below(4);
  for (std::size_t i = 1; i < parts; ++i) {
    write_next(i == contrast);
  }
  return {english_, korean_ + korean_predicate(open_, Ending::statement, setting_)};
}

SentenceWriter::Part SentenceWriter::first_part(bool linked) {
  const Person& person = make_.person();
  if (linked) {
    return actions(person, 2);
  }
  switch (random_->below(10)) {
    case 0:
      return impersonal();
    case 1:
      return {&person, {make_.feeling(person, once_in(4))}};
    case 2:
      if (is_described()) {
        const Person& worker = person.kind == Person::other ? person : people[0];
        return {&worker, {make_.occupation(worker, once_in(4))}};
      }
      break;
    case 3:
    case 4:
    case 5:
      return {&person, {action(person, make_.modal(), true)}};
    default:
      break;
  }
  return actions(person, 3);
}

Clause SentenceWriter::action(const Person& person, Modal modal, bool may_last) {
  while (true) {
    Clause clause = make_.action(person, modal, may_last);
    if (std::ranges::find(said_, clause.forms.base) == said_.end()) {
      said_.push_back(clause.forms.base);
      return clause;
    }
  }
}

SentenceWriter::Part SentenceWriter::actions(const Person& person, std::size_t max_count) {
  Part part{&person, {}};
  const std::size_t count = setting_.when == When::now ? 1 : 1 + random_->below(max_count);
  for (std::size_t i = 0; i < count; ++i) {
    part.clauses.push_back(action(person, Modal::none, false));
  }
  return part;
}

Clause SentenceWriter::linked_clause(const Link& link, const Person& person) {
  const Person& other = link.same_person || once_in(2) ? person : make_.another_than(person);
  if (link.of_action) {
    return action(other, Modal::none, false);
  }
  if (once_in(2)) {
    had_weather_ = true;
    return make_.weather();
  }
  return make_.feeling(other, once_in(4));
}

SentenceWriter::Part SentenceWriter::impersonal() {
  had_weather_ = true;
  return {nullptr, {is_described() && once_in(2) ? make_.presence() : make_.weather()}};
}

std::string SentenceWriter::english(const Part& part) const {
  std::string text = english_predicate(part.clauses[0], setting_.when);
  for (std::size_t i = 1; i < part.clauses.size(); ++i) {
    text += i + 1 < part.clauses.size() ? ", " : " and ";
    text += english_continued(part.clauses[i], setting_.when);
  }
  return text;
}

std::string SentenceWriter::korean(const Part& part) const {
  std::string text;
  for (std::size_t i = 0; i + 1 < part.clauses.size(); ++i) {
    text += korean_predicate(part.clauses[i], Ending::then, setting_) + " ";
  }
  return text;
}

void SentenceWriter::choose_day() {
  if (setting_.when == When::now) {
    day_ = "now";
    korean_day_ = "지금 ";
    return;
  }
  const std::span<const Day> days = setting_.when == When::past     ? past_days
                                    : setting_.when == When::future ? future_days
                                                                    : usual_days;
  const Day& day = pick(days);
  day_ = day.english;
  korean_day_ = fmt::format("{} ", day.korean);
  if (day.hours && once_in(3)) {
    const Phrase& hour = pick(numbers);
    day_ += fmt::format(" at {} o'clock", hour.english);
    korean_day_ += fmt::format("{} 시에 ", hour.korean);
  }
}

void SentenceWriter::write_first(const Part& part, const Link* link) {
  // Name the day where the verbs do not tell the time, and often elsewhere
  std::optional<Clause> other;
  if (link != nullptr) {
    other = linked_clause(*link, *part.person);
  }
  bool unclear = setting_.when == When::now || (other && other->unclear);
  for (const Clause& clause : part.clauses) {
    unclear = unclear || clause.unclear;
  }
  const bool is_noun = part.clauses[0].stem.change == Change::copula || part.clauses[0].stem.change == Change::negative;
  const bool repeats = link != nullptr && link->ending == Ending::when && setting_.when == When::usual;
  if (unclear || (!is_noun && !repeats && once_in(2))) {
    choose_day();
  }

  // English: the other clause and the day are before or after the part
  const bool same = other && other->person == part.person;
  const bool so = other && link->ending == Ending::so;
  const bool clause_first = so || (other && once_in(2));
  const bool day_first = !clause_first && !day_.empty() && once_in(3);
  const auto other_clause = [&](bool named) {
    const When when = setting_.when == When::future ? When::usual : setting_.when;
    return fmt::format("{} {}", subject_of(*other, named), english_predicate(*other, when));
  };
  const std::string end = day_first ? "" : after_space(day_);
  const std::string main = fmt::format("{} {}", subject_of(part.clauses[0], same && clause_first), english(part));
  if (so) {
    english_ = fmt::format("{}{}, so {}", other_clause(false), end, main);
  } else if (clause_first) {
    english_ = fmt::format("{} {}{}, {}", link->english, other_clause(false), end, main);
  } else {
    english_ = fmt::format("{}{}{}{}", day_first ? day_ + " " : "", main, end,
                           other ? fmt::format(" {} {}", link->english, other_clause(same)) : "");
  }

  // Korean: the other clause is always before the part, after the topic if it is the topic's
  const std::string topic = part.person == nullptr ? "" : korean_topic(*part.person, setting_.level) + " ";
  if (other && !same) {
    const std::string subject = other->person == nullptr ? "" : korean_subject(*other->person, setting_.level) + " ";
    korean_ = korean_day_ + subject + korean_predicate(*other, link->ending, setting_) + " " + topic;
  } else {
    korean_ = day_first ? korean_day_ + topic : topic + korean_day_;
    korean_ += other ? korean_predicate(*other, link->ending, setting_) + " " : "";
  }
  korean_ += korean(part);
  open_ = part.clauses.back();
  person_ = part.person;
}

void SentenceWriter::write_next(bool but) {
  // Somebody else, or the same person, who does not do something
  const bool same = but && person_ != nullptr && once_in(2);
  const Person& person = same ? *person_ : person_ == nullptr ? make_.person() : make_.another_than(*person_);
  Part part{&person, {}};
  if (but) {
    part.clauses.push_back(action(person, Modal::negative, false));
  } else if (!had_weather_ && once_in(8)) {
    part = impersonal();
  } else {
    part = once_in(3) ? Part{&person, {action(person, make_.modal(), true)}} : actions(person, 2);
  }

  // Join it to the clause before
  english_ += but ? (same ? " but" : ", but") : ", and";
  english_ += same ? "" : " " + subject_of(part.clauses[0], false);
  english_ += " " + english(part);
  korean_ += korean_predicate(open_, but ? Ending::but : Ending::also, setting_) + " ";
  korean_ += same || part.person == nullptr ? "" : korean_topic(person, setting_.level) + " ";
  korean_ += korean(part);
  open_ = part.clauses.back();
  person_ = part.person;
}

Setting draw_setting(Random& random) {
  constexpr Level levels[] = {Level::polite, Level::polite, Level::formal, Level::casual};
  constexpr When times[] = {When::past, When::past, When::usual, When::future, When::now};
  const Level level = levels[random.below(std::size(levels))];
  return {level, times[random.below(std::size(times))]};
}

SentencePair write_sentence(const Setting& setting, Random& random) {
  SentencePair pair = SentenceWriter(setting, random).sentence();
  if (setting.level == Level::formal) {
    const Phrase& audience = audiences[random.below(audiences.size())];
    pair = {fmt::format("{}, {}", audience.english, pair.english), fmt::format("{}, {}", audience.korean, pair.korean)};
  }
  if (setting.level == Level::casual) {
    const Phrase& name = friends[random.below(friends.size())];
    pair = {fmt::format("{}, {}", name.english, pair.english),
            fmt::format("{}, {}", with_particle(name.korean, Particle::call), pair.korean)};
  }
  pair.english[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(pair.english[0])));
  return {pair.english + ".", pair.korean + "."};
}

}  // namespace nn::words
