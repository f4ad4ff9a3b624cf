#include "testing/reporter.hpp"

#include <algorithm>
#include <csignal>
#include <doctest/doctest.h>
#include <filesystem>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "nn/not_implemented.hpp"
#include "testing/call_stack.hpp"
#include "testing/session.hpp"

namespace nn {

namespace {

bool speaks = true;
bool met_todo = false;

/// Turns NotImplemented into its message, and remembers that the test is not done rather than wrong.
const bool translator_is_registered = [] {
  doctest::registerExceptionTranslator<NotImplemented>([](NotImplemented error) -> doctest::String {
    met_todo = true;
    return error.what();
  });
  return true;
}();

std::string place(const char* file, int line) {
  return std::filesystem::path(file).filename().string() + ":" + std::to_string(line);
}

/// The number in front of a test's name: "2.3" of "2.3 Linear::backward".
std::string task_of(const std::string& test) { return test.substr(0, test.find(' ')); }

/// What an exception says, without the place in a library's header where xtensor or xtl found the fault.
std::string plain_words(const std::string& message) {
  static const std::string mark = "check failed";
  const std::size_t at = message.find(mark);
  std::string text = at == std::string::npos ? message : message.substr(at + mark.size());
  std::ranges::replace_if(
      text, [](char c) { return c == '\n' || c == '\t'; }, ' ');
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string::npos ? message : text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

/// What a check found: of "3 == 4", the result and what it should be; of any other comparison, its two sides.
std::string found(const std::string& comparison) {
  static const std::string mark = " == ";
  const std::size_t at = comparison.find(mark);
  return at == std::string::npos
             ? "came: " + comparison
             : "got " + comparison.substr(0, at) + ", expected " + comparison.substr(at + mark.size());
}

/// What is wrong when this happens, after a colon.
std::string meaning_of(const Crash& crash) {
  if (crash.endless_recursion) {
    return ": endless recursion, the function is called again and again before it returns";
  }
  switch (crash.signal) {
    case SIGSEGV:
    case SIGBUS:
      return ": memory was used that is not there, such as an element past the end";
    case SIGABRT:
      return ": a check inside a library failed, or an exception met a noexcept function";
    case SIGFPE:
      return ": a whole number was divided by zero";
    case 0:
      return ": exit() ends the whole program; return from the function, or throw an exception";
    default:
      return "";
  }
}

/// Tells the session where tests begin and end, and prints failures for the student.
class Reporter : public doctest::IReporter {
 public:
  explicit Reporter(const doctest::ContextOptions& options) : out_(*options.cout) {
    report_crashes([this](const Crash& crash) { crashed(crash); });
  }

  void report_query(const doctest::QueryData& query) override {
    // List the tests task by task, each task in the order of its file
    std::vector<const doctest::TestCaseData*> all(query.data, query.data + query.num_data);
    std::ranges::stable_sort(all, {}, [](const auto* test) { return task_of(test->m_name); });
    for (const doctest::TestCaseData* test : all) {
      out_ << (test->m_description == nullptr ? "0" : test->m_description) << '\t' << test->m_test_suite << '\t'
           << test->m_name << '\n';
    }
  }

  void test_case_start(const doctest::TestCaseData& test) override {
    test_ = &test;
    failed_ = false;
    met_todo = false;
    session().begin_test(test.m_name);
  }

  void test_case_exception(const doctest::TestCaseException& exception) override {
    const std::string message = exception.error_string.c_str();
    if (met_todo) {
      session().ended_early(message, true);
      say("not done yet: " + message);
      return;
    }
    const std::string place = place_of_exception();
    const std::string why = (place.empty() ? "" : place + ": ") + plain_words(message);
    session().ended_early(why, false);
    fail("the test ended with an exception:\n    " + why);
  }

  /// The last words of a program that a signal ends. Who started it says that it crashed or that its time was up.
  void crashed(const Crash& crash) {
    const std::string place = crash.place.empty() ? "outside of your files" : "at " + crash.place;
    const std::string why = place + meaning_of(crash);
    session().ended_early(why, false);
    fail(why);
    say_where_to_go();
    out_.flush();
  }

  void test_case_end(const doctest::CurrentTestCaseStats&) override {
    const std::string problem = session().end_test();
    if (!problem.empty()) {
      fail(problem);
    }
    if (failed_) {
      say_where_to_go();
    }
    ++(failed_ ? tally().failed : met_todo ? tally().todo : tally().passed);
  }

  void log_assert(const doctest::AssertData& check) override {
    if (!check.m_failed) {
      return;
    }
    const std::string values =
        check.m_threw ? std::string("it threw ") + check.m_exception.c_str() : found(check.m_decomp.c_str());
    const std::string from = "  (" + place(check.m_file, check.m_line) + ")";
    const std::string sentence = sentence_of_check();
    fail(sentence.empty() ? std::string(check.m_expr) + " does not hold; " + values + from
                          : "should hold: " + sentence + "; " + values + from);
  }

  void log_message(const doctest::MessageData& message) override {
    if (message.m_severity & doctest::assertType::is_warn) {
      say(message.m_string.c_str());
      return;
    }
    fail(std::string(message.m_string.c_str()) + "  (" + place(message.m_file, message.m_line) + ")");
  }

  void test_run_start() override {}
  void test_run_end(const doctest::TestRunStats&) override {}
  void test_case_reenter(const doctest::TestCaseData&) override {}
  void subcase_start(const doctest::SubcaseSignature&) override {}
  void subcase_end() override {}
  void test_case_skipped(const doctest::TestCaseData&) override {}

 private:
  void say(const std::string& text) {
    if (speaks) {
      out_ << "  " << text << '\n';
    }
  }

  void fail(const std::string& text) {
    failed_ = true;
    say(text);
  }

  /// The sentence of CHECK_MESSAGE(condition, sentence), which says what the condition means.
  static std::string sentence_of_check() {
    std::ostringstream sentence;
    for (int i = 0; i < get_num_active_contexts(); ++i) {
      get_active_contexts()[i]->stringify(&sentence);
    }
    return sentence.str();
  }

  void say_where_to_go() {
    const std::string name = test_->m_name;
    const std::string task = task_of(name);
    const std::string lab = lab_name;
    // A known mistake says more than what its numbers have in common
    const std::vector<wire::Mistake> mistakes = session().mistakes();
    for (const wire::Mistake& mistake : mistakes) {
      say("This is the result of a known mistake in task " + task_of(mistake.test) + ": " + mistake.title + "\n    " +
          mistake.hint);
    }
    if (mistakes.empty()) {
      for (const std::string& sentence : session().diagnosis()) {
        say("compared: " + sentence);
      }
    }
    if (const std::string givens = session().givens(); !givens.empty()) {
      say("given:" + givens);
    }
    say("read:  labs/" + lab + "/README.md, section " + task + "; hint: ./course hint " + task);
    say("again: ./course test " + lab.substr(0, 2) + " " + task);
  }

  std::ostream& out_;
  const doctest::TestCaseData* test_ = nullptr;
  bool failed_ = false;
};

REGISTER_REPORTER("course", 1, Reporter);

}  // namespace

Tally& tally() {
  static Tally instance;
  return instance;
}

void set_reporter_speaks(bool on) { speaks = on; }

}  // namespace nn
