#include "datasets/korean.hpp"

#include <fmt/format.h>
#include <stdexcept>

#include "text/hangul.hpp"
#include "text/utf8.hpp"

namespace nn {

namespace {

// A syllable is a first consonant, a vowel and a final consonant; each has a number, in the order of Unicode.
constexpr char32_t vowel_count = 21;
constexpr char32_t final_count = 28;
enum Vowel : char32_t {
  v_a = 0,
  v_ae = 1,
  v_ya = 2,
  v_eo = 4,
  v_yeo = 6,
  v_o = 8,
  v_wa = 9,
  v_u = 13,
  v_wo = 14,
  v_eu = 18,
  v_i = 20
};
enum Final : char32_t { no_final = 0, final_n = 4, final_l = 8, final_b = 17, final_ss = 20 };

char32_t vowel_of(char32_t syllable) { return (syllable - U'가') / final_count % vowel_count; }
char32_t with_vowel(char32_t syllable, char32_t vowel) { return syllable + (vowel - vowel_of(syllable)) * final_count; }
char32_t with_final(char32_t syllable, char32_t final) {
  return syllable - static_cast<char32_t>(final_consonant(syllable)) + final;
}

/// The last syllable of a word; it must be Korean.
char32_t last_syllable(std::u32string_view word) {
  if (word.empty() || !is_hangul_syllable(word.back())) {
    throw std::invalid_argument(fmt::format("'{}' does not end in a Korean syllable", encode_utf8(word)));
  }
  return word.back();
}

/// Whether a stem whose last vowel is this takes 아 and not 어.
bool takes_a(char32_t syllable) {
  const char32_t vowel = vowel_of(syllable);
  return vowel == v_a || vowel == v_ya || vowel == v_o;
}

/// A stem that ends in a vowel, joined with 아 or 어 into as few syllables as people write.
std::u32string joined(std::u32string stem) {
  char32_t& last = stem.back();
  switch (vowel_of(last)) {
    case v_eu: {  // The vowel gives way: 바쁘 -> 바빠, 쓰 -> 써
      const bool a = stem.size() > 1 && takes_a(stem[stem.size() - 2]);
      last = with_vowel(last, a ? v_a : v_eo);
      return stem;
    }
    case v_o:
      last = with_vowel(last, v_wa);
      return stem;
    case v_u:
      last = with_vowel(last, v_wo);
      return stem;
    case v_i:
      last = with_vowel(last, v_yeo);
      return stem;
    case v_a:
    case v_ae:
    case v_eo:
    case v_yeo:
      return stem;
    default:  // 쉬 -> 쉬어
      return stem + U'어';
  }
}

/// The stem with 아 or 어: 먹어, 가, 해, 들어, 추워, 불러.
std::u32string with_a_or_eo(const Stem& stem) {
  std::u32string text = decode_utf8(stem.text);
  char32_t& last = text.back();
  switch (stem.change) {
    case Change::copula:  // 의사여, 학생이어
      text.pop_back();
      return text + (final_consonant(last_syllable(text)) == no_final ? U"여" : U"이어");
    case Change::negative:
      return text + U'어';
    case Change::d_to_l:
      last = with_final(last, final_l);
      break;
    case Change::b_to_u:
      last = with_final(last, no_final);
      return text + U'워';
    case Change::reu: {
      text.pop_back();
      text.back() = with_final(text.back(), final_l);
      return text + (takes_a(text.back()) ? U'라' : U'러');
    }
    case Change::none:
      break;
  }
  if (last == U'하') {
    last = U'해';
    return text;
  }
  return final_consonant(last) == no_final ? joined(text) : text + (takes_a(last) ? U'아' : U'어');
}

std::u32string past(const Stem& stem) {
  std::u32string text = with_a_or_eo(stem);
  text.back() = with_final(text.back(), final_ss);
  return text;
}

/// The stem as it is before endings that begin with 으 or lose it: 가, 만들, 먹으, 들으, 추우.
std::u32string with_eu(const Stem& stem) {
  std::u32string text = decode_utf8(stem.text);
  char32_t& last = text.back();
  if (stem.change == Change::b_to_u) {
    last = with_final(last, no_final);
    return text + U'우';
  }
  if (stem.change == Change::d_to_l) {
    last = with_final(last, final_l);
    return text + U'으';
  }
  const bool joins = final_consonant(last) == no_final || final_consonant(last) == final_l;
  return joins ? text : text + U'으';
}

/// The stem with a last consonant: 갈, 먹을, 만들, or 간, 먹은, 만든. ㄹ of the stem gives way.
std::u32string with_consonant(const Stem& stem, Final final) {
  std::u32string text = with_eu(stem);
  text.back() = with_final(text.back(), final);
  return text;
}

std::u32string statement(const Stem& stem, Tense tense, Level level) {
  const std::u32string text = decode_utf8(stem.text);
  if (tense == Tense::past) {
    return past(stem) + (level == Level::formal ? U"습니다" : level == Level::polite ? U"어요" : U"어");
  }
  if (tense == Tense::future) {
    return with_consonant(stem, final_l) + (level == Level::formal   ? U" 것입니다"
                                            : level == Level::polite ? U" 거예요"
                                                                     : U" 거야");
  }
  if (level == Level::formal) {
    const char32_t final = static_cast<char32_t>(final_consonant(text.back()));
    const bool joins = final == no_final || final == final_l;
    return joins ? text.substr(0, text.size() - 1) + with_final(text.back(), final_b) + U"니다" : text + U"습니다";
  }
  if (stem.change == Change::negative) {
    return text + (level == Level::polite ? U"에요" : U"야");
  }
  if (stem.change == Change::copula) {
    const std::u32string noun = text.substr(0, text.size() - 1);
    const bool vowel = final_consonant(last_syllable(noun)) == no_final;
    return noun + (level == Level::polite ? (vowel ? U"예요" : U"이에요") : (vowel ? U"야" : U"이야"));
  }
  if (level == Level::polite && stem.respectful) {
    return text.substr(0, text.size() - 1) + U"세요";
  }
  return with_a_or_eo(stem) + (level == Level::polite ? U"요" : U"");
}

/// The stem with its tense, before an ending that changes nothing: 먹었, 먹, 먹을 것이.
std::u32string tensed(const Stem& stem, Tense tense) {
  switch (tense) {
    case Tense::past:
      return past(stem);
    case Tense::present:
      return decode_utf8(stem.text);
    case Tense::future:
      break;
  }
  return with_consonant(stem, final_l) + U" 것이";
}

std::u32string ended(const Stem& stem, Ending ending, Tense tense, Level level) {
  const bool is_past = tense == Tense::past;
  const std::u32string text = decode_utf8(stem.text);
  switch (ending) {
    case Ending::statement:
      break;
    case Ending::then:
      return text + U"고";
    case Ending::also:
      return tensed(stem, tense) + U"고";
    case Ending::but:
      return tensed(stem, tense) + U"지만";
    case Ending::so:
      return stem.change == Change::copula ? text + U"어서" : with_a_or_eo(stem) + U"서";
    case Ending::because:
      return (is_past ? past(stem) : text) + U"기 때문에";
    case Ending::when:
      return (is_past ? past(stem) + U"을" : with_consonant(stem, final_l)) + U" 때";
    case Ending::condition:
      return with_eu(stem) + U"면";
    case Ending::before:
      return text + U"기 전에";
    case Ending::after:
      return with_consonant(stem, final_n) + U" 후에";
    case Ending::during:
      return with_eu(stem) + U"면서";
  }
  return statement(stem, tense, level);
}

}  // namespace

std::string with_particle(std::string_view word, Particle particle) {
  const std::size_t final = final_consonant(last_syllable(decode_utf8(word)));
  const auto chosen = [&](const char* after_consonant, const char* after_vowel) {
    return std::string(word) + (final != no_final ? after_consonant : after_vowel);
  };
  switch (particle) {
    case Particle::topic:
      return chosen("은", "는");
    case Particle::subject:
      return chosen("이", "가");
    case Particle::object:
      return chosen("을", "를");
    case Particle::companion:
      return chosen("과", "와");
    case Particle::call:
      return chosen("아", "야");
    case Particle::direction:
      break;
  }
  return final == final_l ? std::string(word) + "로" : chosen("으로", "로");
}

Stem respectful(const Stem& stem) {
  std::u32string text = with_eu(stem);
  if (final_consonant(text.back()) == final_l) {
    text.back() = with_final(text.back(), no_final);
  }
  return {encode_utf8(text + U'시'), Change::none, true};
}

std::string conjugated(const Stem& stem, Ending ending, Tense tense, Level level) {
  return encode_utf8(ended(stem, ending, tense, level));
}

std::string before_can(const Stem& stem) { return encode_utf8(with_consonant(stem, final_l)); }

std::string before_must(const Stem& stem) { return encode_utf8(with_a_or_eo(stem) + U"야"); }

}  // namespace nn
