#include "datasets/korean.hpp"

#include <doctest/doctest.h>
#include <stdexcept>

namespace {

using nn::Change;
using nn::Ending;
using nn::Level;
using nn::Particle;
using nn::Stem;
using nn::Tense;
using nn::with_particle;

std::string present(const Stem& stem) { return nn::conjugated(stem, Ending::statement, Tense::present, Level::polite); }
std::string past(const Stem& stem) { return nn::conjugated(stem, Ending::statement, Tense::past, Level::polite); }
std::string future(const Stem& stem) { return nn::conjugated(stem, Ending::statement, Tense::future, Level::polite); }
std::string formal(const Stem& stem) { return nn::conjugated(stem, Ending::statement, Tense::present, Level::formal); }
std::string casual(const Stem& stem) { return nn::conjugated(stem, Ending::statement, Tense::present, Level::casual); }
std::string joined(const Stem& stem, Ending ending, Tense tense = Tense::present) {
  return nn::conjugated(stem, ending, tense, Level::polite);
}

const Stem eat = {"먹"};
const Stem go = {"가"};
const Stem make = {"만들"};
const Stem hear = {"듣", Change::d_to_l};
const Stem cold = {"춥", Change::b_to_u};
const Stem sing = {"부르", Change::reu};
const Stem student = {"학생이", Change::copula};
const Stem doctor = {"의사이", Change::copula};
const Stem is_not = {"아니", Change::negative};

}  // namespace

TEST_CASE("particles follow the final consonant") {
  CHECK(with_particle("책", Particle::topic) == "책은");
  CHECK(with_particle("사과", Particle::topic) == "사과는");
  CHECK(with_particle("책", Particle::subject) == "책이");
  CHECK(with_particle("사과", Particle::subject) == "사과가");
  CHECK(with_particle("책", Particle::object) == "책을");
  CHECK(with_particle("사과", Particle::object) == "사과를");
  CHECK(with_particle("남동생", Particle::companion) == "남동생과");
  CHECK(with_particle("친구", Particle::companion) == "친구와");
  CHECK(with_particle("서연", Particle::call) == "서연아");
  CHECK(with_particle("지호", Particle::call) == "지호야");
  CHECK(with_particle("부산", Particle::direction) == "부산으로");
  CHECK(with_particle("서울", Particle::direction) == "서울로");
  CHECK(with_particle("제주도", Particle::direction) == "제주도로");
  CHECK_THROWS_WITH_AS(with_particle("Seoul", Particle::topic), "'Seoul' does not end in a Korean syllable",
                       std::invalid_argument);
}

TEST_CASE("present and past join 아 and 어 with the stem") {
  CHECK(present(eat) == "먹어요");
  CHECK(past(eat) == "먹었어요");
  CHECK(present(go) == "가요");
  CHECK(past(go) == "갔어요");
  CHECK(present({"오"}) == "와요");
  CHECK(past({"보"}) == "봤어요");
  CHECK(present({"배우"}) == "배워요");
  CHECK(past({"마시"}) == "마셨어요");
  CHECK(past({"보내"}) == "보냈어요");
  CHECK(present({"쉬"}) == "쉬어요");
  CHECK(past({"쉬"}) == "쉬었어요");
  CHECK(past({"공부하"}) == "공부했어요");
  CHECK(present({"바쁘"}) == "바빠요");
  CHECK(past({"쓰"}) == "썼어요");
  CHECK(present({"슬프"}) == "슬퍼요");
  CHECK(present({"좋"}) == "좋아요");
  CHECK(present({"웃"}) == "웃어요");
  CHECK(past({"닫"}) == "닫았어요");
  CHECK(present(make) == "만들어요");
  CHECK(past({"살"}) == "살았어요");
}

TEST_CASE("stems that change before vowels keep their consonant before others") {
  CHECK(present(hear) == "들어요");
  CHECK(formal(hear) == "듣습니다");
  CHECK(future(hear) == "들을 거예요");
  CHECK(joined(hear, Ending::during) == "들으면서");
  CHECK(joined(hear, Ending::then) == "듣고");
  CHECK(past({"걷", Change::d_to_l}) == "걸었어요");
  CHECK(present(cold) == "추워요");
  CHECK(past(cold) == "추웠어요");
  CHECK(formal(cold) == "춥습니다");
  CHECK(joined(cold, Ending::condition) == "추우면");
  CHECK(joined(cold, Ending::when) == "추울 때");
  CHECK(joined(cold, Ending::because) == "춥기 때문에");
  CHECK(past(sing) == "불렀어요");
  CHECK(present({"모르", Change::reu}) == "몰라요");
  CHECK(formal(sing) == "부릅니다");
  CHECK(future(sing) == "부를 거예요");
}

TEST_CASE("the level is that of the listener") {
  CHECK(formal(eat) == "먹습니다");
  CHECK(formal(go) == "갑니다");
  CHECK(formal(make) == "만듭니다");
  CHECK(casual(eat) == "먹어");
  CHECK(nn::conjugated(eat, Ending::statement, Tense::past, Level::formal) == "먹었습니다");
  CHECK(nn::conjugated(eat, Ending::statement, Tense::past, Level::casual) == "먹었어");
  CHECK(nn::conjugated(eat, Ending::statement, Tense::future, Level::formal) == "먹을 것입니다");
  CHECK(nn::conjugated(go, Ending::statement, Tense::future, Level::casual) == "갈 거야");
}

TEST_CASE("clauses are joined with the endings of their meaning") {
  CHECK(joined(eat, Ending::then, Tense::past) == "먹고");
  CHECK(joined(eat, Ending::also, Tense::past) == "먹었고");
  CHECK(joined(go, Ending::also, Tense::future) == "갈 것이고");
  CHECK(joined(go, Ending::but, Tense::past) == "갔지만");
  CHECK(joined(eat, Ending::but) == "먹지만");
  CHECK(joined({"피곤하"}, Ending::so) == "피곤해서");
  CHECK(joined({"오"}, Ending::so, Tense::past) == "와서");
  CHECK(joined({"오"}, Ending::because, Tense::past) == "왔기 때문에");
  CHECK(joined(eat, Ending::when, Tense::past) == "먹었을 때");
  CHECK(joined(make, Ending::when) == "만들 때");
  CHECK(joined(eat, Ending::condition) == "먹으면");
  CHECK(joined(make, Ending::condition) == "만들면");
  CHECK(joined(eat, Ending::before) == "먹기 전에");
  CHECK(joined(eat, Ending::after) == "먹은 후에");
  CHECK(joined(go, Ending::after) == "간 후에");
  CHECK(joined(make, Ending::after) == "만든 후에");
  CHECK(joined(make, Ending::during) == "만들면서");
  CHECK(nn::before_can(eat) + " 수 있어요" == "먹을 수 있어요");
  CHECK(nn::before_can(make) + " 수 있어요" == "만들 수 있어요");
  CHECK(nn::before_must(hear) + " 해요" == "들어야 해요");
}

TEST_CASE("to be is joined with its noun") {
  CHECK(present(student) == "학생이에요");
  CHECK(present(doctor) == "의사예요");
  CHECK(formal(student) == "학생입니다");
  CHECK(formal(doctor) == "의사입니다");
  CHECK(casual(student) == "학생이야");
  CHECK(casual(doctor) == "의사야");
  CHECK(past(student) == "학생이었어요");
  CHECK(past(doctor) == "의사였어요");
  CHECK(joined(student, Ending::also) == "학생이고");
  CHECK(joined(doctor, Ending::but, Tense::past) == "의사였지만");
  CHECK(present(is_not) == "아니에요");
  CHECK(formal(is_not) == "아닙니다");
  CHECK(casual(is_not) == "아니야");
  CHECK(past(is_not) == "아니었어요");
}

TEST_CASE("respectful stems") {
  CHECK(nn::respectful(go).text == "가시");
  CHECK(nn::respectful({"읽"}).text == "읽으시");
  CHECK(nn::respectful(make).text == "만드시");
  CHECK(nn::respectful(hear).text == "들으시");
  CHECK(present(nn::respectful(go)) == "가세요");
  CHECK(formal(nn::respectful(go)) == "가십니다");
  CHECK(casual(nn::respectful(go)) == "가셔");
  CHECK(past(nn::respectful({"읽"})) == "읽으셨어요");
  CHECK(future(nn::respectful(make)) == "만드실 거예요");
  CHECK(present(nn::respectful({"않"})) == "않으세요");
}
