#include "sandbox/job.hpp"

namespace grader {

std::string name_of(Isolation isolation) {
  switch (isolation) {
    case Isolation::sandbox:
      return "bubblewrap";
    case Isolation::user:
      return "a user of its own, in a container";
    case Isolation::unsafe:
      return "none (--unsafe)";
  }
  return "";
}

}  // namespace grader
