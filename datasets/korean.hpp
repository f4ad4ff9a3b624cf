#pragma once

// The parts of Korean grammar that the invented sentences need: particles, and the endings of verbs and adjectives. All
// texts are UTF-8. The rules are those of any grammar of Korean; README.md lists them.

#include <string>
#include <string_view>

namespace nn {

/// A particle whose form depends on the final consonant of the word before it.
enum class Particle {
  topic,      // 은, 는
  subject,    // 이, 가
  object,     // 을, 를
  direction,  // 으로, 로: where to, by what means
  companion,  // 과, 와: with whom
  call        // 아, 야: to call somebody by name
};

/// The word with its particle: 책을, 사과를; 서울로, 부산으로. Throws std::invalid_argument if the word does not end in
/// a Korean syllable.
std::string with_particle(std::string_view word, Particle particle);

/// How a stem changes before vowels. The regular rules include those for stems in ㅡ, in ㄹ, and in 하.
enum class Change {
  none,     // 먹다, 가다, 바쁘다, 만들다, 공부하다
  d_to_l,   // 듣다: 들어요
  b_to_u,   // 춥다: 추워요
  reu,      // 부르다: 불러요
  copula,   // the stem is a noun and 이: 의사예요, 학생이에요
  negative  // the stem ends in 아니: 아니에요
};

/// A verb or an adjective without its ending: 먹 of 먹다. `respectful` is true if it ends in the respectful 시.
struct Stem {
  std::string text = {};
  Change change = Change::none;
  bool respectful = false;
};

/// The respectful form of a stem: 가시 of 가, 읽으시 of 읽, 만드시 of 만들. Not for stems that have one of their own
/// (먹다: 드시다), for 이 and for 아니.
Stem respectful(const Stem& stem);

enum class Tense { past, present, future };

/// To whom one speaks: 먹습니다 to an audience, 먹어요 to most people, 먹어 to friends.
enum class Level { formal, polite, casual };

/// What a clause is to the sentence.
enum class Ending {
  statement,  // 먹었어요: ends the sentence
  then,       // 먹고: the same person does more
  also,       // 먹었고: somebody else does more
  but,        // 먹었지만
  so,         // 먹어서: without tense
  because,    // 먹었기 때문에
  when,       // 먹었을 때
  condition,  // 먹으면: without tense
  before,     // 먹기 전에: without tense
  after,      // 먹은 후에: without tense
  during      // 먹으면서: without tense
};

/// The stem with its ending. The level matters only to a statement. because, when: the future is as the present.
std::string conjugated(const Stem& stem, Ending ending, Tense tense, Level level);

/// The forms that auxiliary verbs follow: 먹을 (수 있다), 먹어야 (하다).
std::string before_can(const Stem& stem);
std::string before_must(const Stem& stem);

}  // namespace nn
