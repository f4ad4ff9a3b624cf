#include "datasets/clauses.hpp"

#include <fmt/format.h>

namespace nn::words {

namespace {

std::string followed(std::string_view word, const std::string& rest) {
  return rest.empty() ? std::string(word) : fmt::format("{} {}", word, rest);
}

bool is_elder(const Person& person) { return person.kind == Person::elder; }

/// Is the subject "I", is it one that takes "is", or does it take "are"?
struct Agreement {
  bool speaker = false;
  bool third = false;
};
Agreement agreement(const Clause& clause) {
  if (clause.person == nullptr) {
    return {false, !clause.plural};
  }
  return {clause.person->kind == Person::speaker, clause.person->kind >= Person::other};
}

std::string_view form_of_be(const Clause& clause, When when) {
  const auto [speaker, third] = agreement(clause);
  if (when == When::past) {
    return speaker || third ? "was" : "were";
  }
  return when == When::future ? "will be" : speaker ? "am" : third ? "is" : "are";
}

/// "be" with or without "not": "was not", "will not be".
std::string be(const Clause& clause, When when) {
  const bool negative = clause.modal == Modal::negative;
  return negative && when == When::future ? "will not be"
                                          : fmt::format("{}{}", form_of_be(clause, when), negative ? " not" : "");
}

/// One of four expressions, by time and person.
std::string_view by_time(const Clause& clause, When when, std::string_view past, std::string_view usual,
                         std::string_view third, std::string_view future) {
  return when == When::past ? past : when == When::future ? future : agreement(clause).third ? third : usual;
}

/// A stem of the auxiliary verb, respectful for elders.
Stem auxiliary(std::string_view text, bool elder) {
  const Stem stem{std::string(text)};
  return elder ? respectful(stem) : stem;
}

}  // namespace

Tense Setting::tense() const {
  return when == When::past ? Tense::past : when == When::future ? Tense::future : Tense::present;
}

const Person& ClauseMaker::person() { return pick(people); }

const Person& ClauseMaker::another_than(const Person& person) {
  while (true) {
    const Person& other = pick(people);
    if (other.english != person.english && other.pronoun != person.pronoun) {
      return other;
    }
  }
}

Modal ClauseMaker::modal() {
  if (!once_in(3)) {
    return Modal::none;
  }
  if (setting_.when == When::now) {
    return Modal::negative;
  }
  constexpr Modal some[] = {Modal::negative, Modal::can, Modal::must, Modal::want};
  return some[random_->below(setting_.when == When::future ? 3 : 4)];
}

std::string ClauseMaker::counted(const Thing& thing, std::string& korean) {
  if (!thing.many.empty() && once_in(3)) {
    const std::size_t number = 1 + random_->below(5);
    const bool one = number == 1 && !thing.one.empty();
    const Phrase& word = numbers[one ? 0 : std::max<std::size_t>(number, 2) - 1];
    korean = fmt::format("{} {} {}", thing.korean, word.korean, thing.counter);
    return fmt::format("{} {}", word.english, one ? thing.one : thing.many);
  }
  korean = thing.korean;
  return std::string(thing.english);
}

void ClauseMaker::add_thing(Clause& clause, std::span<const Thing> things, std::string& korean) {
  const Thing& thing = pick(things);
  std::string name;
  if (!thing.one.empty() && once_in(6)) {
    clause.rest = fmt::format("this {}", thing.one);
    name = fmt::format("이 {}", thing.korean);
  } else {
    clause.rest = counted(thing, name);
  }
  korean = with_particle(name, Particle::object) + " ";
}

void ClauseMaker::add_modal(Clause& clause, const Stem& plain) {
  const bool elder = is_elder(*clause.person);
  const bool itself = clause.person->kind == Person::speaker || clause.person->kind == Person::group;
  if (setting_.when == When::now) {
    clause.before += plain.text + "고 ";
    clause.stem = elder ? Stem{"계시", Change::none, true} : Stem{"있"};
    if (clause.modal == Modal::negative) {
      clause.before += clause.stem.text + "지 ";
      clause.stem = {"않"};
    }
    return;
  }
  switch (clause.modal) {
    case Modal::none:
      break;
    case Modal::negative:
      clause.before += plain.text + "지 ";
      clause.stem = auxiliary("않", elder);
      break;
    case Modal::want:
      clause.before += plain.text + (itself ? "고 " : "고 싶어 ");
      clause.stem = itself ? Stem{"싶"} : auxiliary("하", elder);
      break;
    case Modal::can:
      clause.before += before_can(clause.stem) + " 수 ";
      clause.stem = auxiliary("있", elder);
      break;
    case Modal::must:
      clause.before += before_must(clause.stem) + " ";
      clause.stem = {"하"};
      break;
  }
}

Clause ClauseMaker::action(const Person& person, Modal modal, bool may_last) {
  const bool fits = may_last && modal == Modal::none && (setting_.when == When::past || setting_.when == When::usual);
  const Verb* verb = &pick(verbs);
  while (verb->lasting && !fits) {
    verb = &pick(verbs);
  }
  Clause clause{
      .person = &person, .forms = verb->forms, .modal = modal, .unclear = verb->forms.base == verb->forms.past};

  // What is acted on
  std::string object;
  if (!verb->things.empty()) {
    add_thing(clause, verb->things, object);
  }
  const auto add = [&clause](std::string_view english, const std::string& korean) {
    clause.rest += fmt::format("{}{}", clause.rest.empty() ? "" : " ", english);
    clause.before += korean + " ";
  };
  if (!verb->destinations.empty()) {
    const Place& place = pick(verb->destinations);
    clause.rest = place.to;
    object = (verb->to.empty() ? with_particle(place.korean, Particle::direction)
                               : fmt::format("{}{}", place.korean, verb->to)) +
             " ";
  }

  // With whom, by what means, and where. To live needs a place
  if (verb->together && once_in(4)) {
    const Person& other = another_than(person);
    if (other.kind >= Person::other && other.kind != person.kind) {
      add(fmt::format("with {}", other.english),
          with_particle(korean_name(other, setting_.level), Particle::companion) + " 함께");
    }
  }
  const bool lives = verb->lasting && verb->things.empty();
  std::string place_english;
  if (!verb->places.empty() && (lives || once_in(2))) {
    const Place& place = pick(verb->places);
    place_english = place.at;
    clause.before += fmt::format("{}{} ", place.korean, lives ? "에" : "에서");
  }
  if (!verb->means.empty() && once_in(2)) {
    const Phrase& means = pick(verb->means);
    add(means.english, std::string(means.korean));
  }
  if (!place_english.empty()) {
    clause.rest += fmt::format("{}{}", clause.rest.empty() ? "" : " ", place_english);
  }

  // The verb
  clause.before += object;
  const Stem own{std::string(verb->respectful), Change::none, true};
  clause.stem = !is_elder(person) ? verb->stem : verb->respectful.empty() ? respectful(verb->stem) : own;
  add_modal(clause, is_elder(person) && !verb->respectful.empty() ? own : verb->stem);
  return clause;
}

Clause ClauseMaker::feeling(const Person& person, bool negative) {
  const Quality* quality = &pick(qualities);
  while (is_elder(person) && !quality->of_elders) {
    quality = &pick(qualities);
  }
  Clause clause{.person = &person,
                .modal = negative ? Modal::negative : Modal::none,
                .rest = std::string(quality->english),
                .stem = is_elder(person) && !negative ? respectful(quality->stem) : quality->stem};
  if (negative) {
    clause.before = quality->stem.text + "지 ";
    clause.stem = auxiliary("않", is_elder(person));
  }
  return clause;
}

Clause ClauseMaker::occupation(const Person& person, bool negative) {
  const Phrase& work = pick(occupations);
  Clause clause{.person = &person,
                .modal = negative ? Modal::negative : Modal::none,
                .rest = std::string(work.english),
                .stem = {fmt::format("{}이", work.korean), Change::copula}};
  if (negative) {
    clause.before = with_particle(work.korean, Particle::subject) + " ";
    clause.stem = {"아니", Change::negative};
  }
  return clause;
}

Clause ClauseMaker::weather() {
  const Weather& weather = pick(weathers);
  Clause clause{.subject = std::string(weather.subject),
                .forms = weather.forms,
                .rest = std::string(weather.adjective),
                .before = fmt::format("{} ", weather.korean),
                .stem = weather.stem};
  if (setting_.when == When::now && weather.adjective.empty()) {
    clause.before += weather.stem.text + "고 ";
    clause.stem = {"있"};
  }
  return clause;
}

Clause ClauseMaker::presence() {
  const Presence& presence = pick(presences);
  const Place& place = pick(presence.places);
  const Thing& thing = pick(presence.things);
  std::string korean;
  const std::string english = counted(thing, korean);
  return {.subject = "there",
          .plural = !thing.many.empty() && english.ends_with(thing.many),
          .rest = fmt::format("{} {}", english, place.at),
          .before = fmt::format("{}에 {} ", place.korean, with_particle(korean, Particle::subject)),
          .stem = {"있"}};
}

std::string korean_name(const Person& person, Level level) {
  if (person.kind == Person::group && level == Level::formal) {
    return "저희";
  }
  return std::string(level == Level::casual ? person.casual : person.korean);
}

std::string korean_topic(const Person& person, Level level) {
  const std::string name = korean_name(person, level);
  return is_elder(person) ? name + "께서는" : with_particle(name, Particle::topic);
}

std::string korean_subject(const Person& person, Level level) {
  if (person.kind == Person::speaker) {
    return level == Level::casual ? "내가" : "제가";
  }
  const std::string name = korean_name(person, level);
  return is_elder(person) ? name + "께서" : with_particle(name, Particle::subject);
}

std::string english_predicate(const Clause& clause, When when) {
  const Forms& forms = clause.forms;
  if (forms.base.empty()) {
    return followed(be(clause, when), clause.rest);
  }
  if (when == When::now) {
    return followed(be(clause, when), followed(forms.ing, clause.rest));
  }
  const std::string base = followed(forms.base, clause.rest);
  switch (clause.modal) {
    case Modal::none:
      break;
    case Modal::negative:
      return followed(by_time(clause, when, "did not", "do not", "does not", "will not"), base);
    case Modal::want:
      return followed(by_time(clause, when, "wanted to", "want to", "wants to", "will want to"), base);
    case Modal::can:
      return followed(by_time(clause, when, "could", "can", "can", "will be able to"), base);
    case Modal::must:
      return followed(by_time(clause, when, "had to", "have to", "has to", "will have to"), base);
  }
  return when == When::future ? followed("will", base)
                              : followed(by_time(clause, when, forms.past, forms.base, forms.third, ""), clause.rest);
}

std::string english_continued(const Clause& clause, When when) {
  return when == When::future ? followed(clause.forms.base, clause.rest) : english_predicate(clause, when);
}

std::string korean_predicate(const Clause& clause, Ending ending, const Setting& setting) {
  return clause.before + conjugated(clause.stem, ending, setting.tense(), setting.level);
}

}  // namespace nn::words
