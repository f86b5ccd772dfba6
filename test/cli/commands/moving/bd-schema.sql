CREATE TABLE issues (
  id VARCHAR(255) PRIMARY KEY, content_hash VARCHAR(64), title VARCHAR(500) NOT NULL,
  description LONGTEXT NOT NULL, design LONGTEXT NOT NULL, acceptance_criteria LONGTEXT NOT NULL,
  notes LONGTEXT NOT NULL, status VARCHAR(32) NOT NULL DEFAULT 'open',
  priority INT NOT NULL DEFAULT 2, issue_type VARCHAR(32) NOT NULL DEFAULT 'task',
  assignee VARCHAR(255), estimated_minutes INT, created_at DATETIME NOT NULL,
  created_by VARCHAR(255) DEFAULT '', owner VARCHAR(255) DEFAULT '', updated_at DATETIME NOT NULL,
  started_at DATETIME, closed_at DATETIME, close_reason LONGTEXT, external_ref VARCHAR(255),
  spec_id VARCHAR(1024), compaction_level INT DEFAULT 0, metadata JSON,
  ephemeral TINYINT(1) DEFAULT 0, pinned TINYINT(1) DEFAULT 0, is_template TINYINT(1) DEFAULT 0,
  timeout_ns BIGINT DEFAULT 0, due_at DATETIME, defer_until DATETIME,
  is_blocked TINYINT(1) NOT NULL DEFAULT 0
);
CREATE TABLE dependencies (
  id CHAR(36) PRIMARY KEY, issue_id VARCHAR(255) NOT NULL, depends_on_issue_id VARCHAR(255),
  depends_on_wisp_id VARCHAR(255), depends_on_external VARCHAR(255),
  type VARCHAR(32) NOT NULL DEFAULT 'blocks', created_at DATETIME NOT NULL,
  created_by VARCHAR(255) NOT NULL, metadata JSON, thread_id VARCHAR(255) DEFAULT ''
);
CREATE TABLE labels (
  issue_id VARCHAR(255) NOT NULL, label VARCHAR(255) NOT NULL, PRIMARY KEY (issue_id, label)
);
CREATE TABLE comments (
  id CHAR(36) PRIMARY KEY, issue_id VARCHAR(255) NOT NULL, author VARCHAR(255) NOT NULL,
  text LONGTEXT NOT NULL, created_at DATETIME NOT NULL
);
